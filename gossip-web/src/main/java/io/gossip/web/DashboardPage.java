/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** {@code GET /dashboard}: one page that polls {@code /members} with its ETag. Nothing is loaded from elsewhere. */
final class DashboardPage {
    private static final String RESOURCE = "dashboard.html";
    private static final String NAVIGATION = "application/xhtml+xml";
    private static final String CONTENT_POLICY =
            "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'";

    private final Buffer page = load();

    void addTo(Resources resources) {
        resources.add(Resource.at("/dashboard").readByAnyone(this::answer));
    }

    /**
     * Whether a browser navigates: then {@code Accept} names {@code application/xhtml+xml}. {@code text/html} says less,
     * the JDK's {@code HttpURLConnection} names it unless told otherwise.
     */
    static boolean isWantedBy(RoutingContext context) {
        for (String line : context.request().headers().getAll("Accept")) {
            for (String range : line.split(",", -1)) {
                if (range.split(";", 2)[0].trim().equalsIgnoreCase(NAVIGATION)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Sends a browser that asks for the cluster to the page. */
    static void redirect(RoutingContext context) {
        context.response()
                .setStatusCode(303)
                .putHeader("Location", "/dashboard")
                .putHeader("Vary", "Accept")
                .end();
    }

    private void answer(RoutingContext context) {
        context.response()
                .putHeader("Content-Type", "text/html; charset=utf-8")
                .putHeader("Content-Security-Policy", CONTENT_POLICY)
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Cache-Control", "no-cache");
        if (context.request().method().equals(HttpMethod.HEAD)) {
            context.response()
                    .putHeader("Content-Length", String.valueOf(page.length()))
                    .end();
        } else {
            context.response().end(page);
        }
    }

    private static Buffer load() {
        try (InputStream in = DashboardPage.class.getResourceAsStream(RESOURCE)) {
            return Buffer.buffer(Objects.requireNonNull(in, RESOURCE + " is missing from the jar")
                    .readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

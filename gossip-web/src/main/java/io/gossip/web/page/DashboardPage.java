/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.page;

import io.gossip.web.request.Negotiation;
import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * {@code GET /dashboard}: the live page and the files it is made of, from the jar. It holds no data: what it shows it asks
 * for with the requests that are open to everybody else. Nothing is loaded from elsewhere, and no script runs but ours.
 */
public final class DashboardPage {
    private static final String PATH = "/dashboard";
    private static final String NAVIGATION = "application/xhtml+xml";
    private static final String HTML = "text/html";
    private static final String CONTENT_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
                    + " connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none';"
                    + " require-trusted-types-for 'script'";
    static final List<String> FILES = List.of(
            "agreement.js",
            "api.js",
            "cluster-model.js",
            "compare-panel.js",
            "connection.js",
            "dom.js",
            "event-log.js",
            "event-stream.js",
            "format.js",
            "history.js",
            "icon.svg",
            "json.js",
            "key-editor.js",
            "key-list.js",
            "keys-panel.js",
            "main.js",
            "members-panel.js",
            "overview-panel.js",
            "services-panel.js",
            "style.css",
            "virtual-table.js");

    public void addTo(Resources resources) {
        StaticContent page = new StaticContent(
                StaticContent.load("dashboard/index.html"),
                Map.of(
                        "Content-Type", "text/html; charset=utf-8",
                        "Content-Security-Policy", CONTENT_POLICY,
                        "Cross-Origin-Opener-Policy", "same-origin",
                        "Referrer-Policy", "no-referrer"));
        Map<String, StaticContent> files = FILES.stream().collect(Collectors.toMap(name -> name, DashboardPage::file));
        resources.add(Resource.at(PATH).readByAnyone(page::answer));
        resources.add(Resource.at(PATH + "/{file}").readByAnyone(context -> answerFile(context, files)));
    }

    /**
     * Whether a browser navigates: then {@code Accept} names {@code application/xhtml+xml}. {@code text/html} says less,
     * the JDK's {@code HttpURLConnection} names it unless told otherwise; it decides where JSON is ruled out.
     */
    public static boolean isWantedBy(RoutingContext context) {
        List<String> lines = context.request().headers().getAll("Accept");
        return namesXhtml(lines) || (Negotiation.accepts(lines, HTML) && !Negotiation.accepts(lines, Negotiation.JSON));
    }

    private static boolean namesXhtml(List<String> lines) {
        for (String line : lines) {
            for (String range : line.split(",", -1)) {
                if (range.split(";", 2)[0].trim().equalsIgnoreCase(NAVIGATION)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Sends a browser that asks for the cluster to the page. */
    public static void redirect(RoutingContext context) {
        redirect(context, PATH);
    }

    private static void answerFile(RoutingContext context, Map<String, StaticContent> files) {
        String name = Resource.pathValue(context, "file");
        StaticContent file = files.get(name);
        if (name.isEmpty()) {
            redirect(context, "../dashboard"); // the page names its files as seen from a path without the slash
            return;
        }
        if (file == null) {
            throw new ProblemException(404, "the dashboard has no such file");
        }
        file.answer(context);
    }

    private static StaticContent file(String name) {
        return new StaticContent(StaticContent.load("dashboard/" + name), Map.of("Content-Type", contentType(name)));
    }

    private static String contentType(String name) {
        return switch (name.substring(name.lastIndexOf('.') + 1)) {
            case "css" -> "text/css; charset=utf-8";
            case "js" -> "text/javascript; charset=utf-8";
            case "svg" -> "image/svg+xml";
            default -> throw new IllegalArgumentException("no content type is known for " + name);
        };
    }

    private static void redirect(RoutingContext context, String location) {
        context.response()
                .setStatusCode(303)
                .putHeader("Location", location)
                .putHeader("Vary", "Accept")
                .end();
    }
}

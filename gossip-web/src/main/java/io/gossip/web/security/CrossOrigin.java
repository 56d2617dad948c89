/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.security;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Lets pages of configured origins use this node (CORS). Requests of other origins go on as if it were not there. */
public final class CrossOrigin {
    private static final int REMEMBER_SECONDS = 600;

    private final Set<String> origins;
    private final CorsHandler handler;

    public CrossOrigin(List<String> origins) {
        this.origins = Set.copyOf(origins);
        handler = CorsHandler.create()
                .addOrigins(origins)
                .allowedMethods(
                        Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE))
                .allowedHeaders(Set.of("Authorization", "Content-Type", "If-None-Match", "Last-Event-ID"))
                .exposedHeaders(Set.of("ETag", "Retry-After", "WWW-Authenticate"))
                .maxAgeSeconds(REMEMBER_SECONDS);
    }

    public void handle(RoutingContext context) {
        if (origins.isEmpty()) {
            context.next();
            return;
        }
        context.addHeadersEndHandler(end -> vary(context.response()));
        String origin = context.request().getHeader("Origin");
        if (origin != null && origins.contains(origin)) {
            handler.handle(context);
        } else {
            context.next();
        }
    }

    // Caches must not hand one origin what was answered to another.
    private static void vary(HttpServerResponse response) {
        List<String> vary = response.headers().getAll("Vary");
        if (vary.stream().noneMatch(value -> value.toLowerCase(Locale.ROOT).contains("origin"))) {
            response.headers().add("Vary", "Origin");
        }
    }
}

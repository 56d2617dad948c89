/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** {@code GET /metrics}: all meters of the registry, the application's own too, as Prometheus text. */
final class MetricsResource {
    private final Vertx vertx;
    private final Optional<Supplier<String>> text;

    MetricsResource(Vertx vertx, @Nullable MeterRegistry registry) {
        this.vertx = vertx;
        this.text = registry == null ? Optional.empty() : PrometheusText.of(registry);
    }

    void addTo(Resources resources) {
        resources.add(Resource.at("/metrics").read(this::answer));
    }

    private void answer(RoutingContext context) {
        Supplier<String> scrape = text.orElseThrow(() -> new ProblemException(
                404, "this node was started without a Prometheus registry, so there is nothing to scrape"));
        // An application may have many meters, and slow ones.
        vertx.executeBlocking(scrape::get, false)
                .onComplete(
                        body -> context.response()
                                .putHeader("Content-Type", PrometheusText.CONTENT_TYPE)
                                .putHeader("Cache-Control", "no-store")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(body),
                        context::fail);
    }
}

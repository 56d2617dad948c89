/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web.operation;

import io.gossip.web.request.ProblemException;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /metrics}: all meters of the registry, the application's own too, as Prometheus text. Who asks while it is
 * being written shares it: an application may have many meters, and slow ones, and worker threads are few.
 *
 * <p><b>Threads:</b> confined to one context.
 */
public final class MetricsResource {
    private final Vertx vertx;
    private final Optional<Supplier<String>> text;
    private @Nullable Future<Buffer> scraping;

    public MetricsResource(Vertx vertx, @Nullable MeterRegistry registry) {
        this.vertx = vertx;
        this.text = registry == null ? Optional.empty() : PrometheusText.of(registry);
    }

    public void addTo(Resources resources) {
        resources.add(Resource.at("/metrics").read(this::answer));
    }

    private void answer(RoutingContext context) {
        Supplier<String> scrape = text.orElseThrow(() -> new ProblemException(
                404, "this node was started without a Prometheus registry, so there is nothing to scrape"));
        shared(scrape)
                .onComplete(
                        body -> context.response()
                                .putHeader("Content-Type", PrometheusText.CONTENT_TYPE)
                                .putHeader("Cache-Control", "no-store")
                                .putHeader("X-Content-Type-Options", "nosniff")
                                .end(body),
                        context::fail);
    }

    private Future<Buffer> shared(Supplier<String> scrape) {
        Future<Buffer> present = scraping;
        if (present == null) {
            present = vertx.executeBlocking(() -> Buffer.buffer(scrape.get()), false);
            scraping = present;
            present.onComplete(done -> scraping = null);
        }
        return present;
    }
}

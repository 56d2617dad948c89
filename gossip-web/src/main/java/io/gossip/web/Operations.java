/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.GossipService;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What those need who run the node rather than use it: health, metrics, and the others' knowledge of where it answers.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class Operations {
    private final HttpTraffic traffic = new HttpTraffic();
    private final HttpAnnouncement announcement;
    private final HealthResources health;
    private final MetricsResource metrics;
    private final @Nullable HttpMeters meters;

    Operations(Vertx vertx, GossipWebOptions options, GossipService service, @Nullable MeterRegistry registry) {
        announcement = new HttpAnnouncement(service, options.getHost(), options.getAdvertiseAddress(), false);
        Duration interval = Duration.ofMillis(options.getGossipIntervalMillis());
        health = new HealthResources(service, interval, System::nanoTime, Access.ANYONE);
        metrics = new MetricsResource(vertx, registry);
        meters = registry == null ? null : new HttpMeters(registry, traffic);
    }

    void addTo(Resources resources) {
        health.addTo(resources);
        metrics.addTo(resources);
    }

    /** Counts open event streams. */
    HttpTraffic traffic() {
        return traffic;
    }

    /** Counts a request when it is answered, then lets it go on. */
    void count(RoutingContext context) {
        context.addEndHandler(ended -> {
            if (context.response().headWritten()) { // else the client went before there was an answer
                traffic.answered(
                        context.request().method(),
                        Resource.pattern(context).orElse(HttpTraffic.NO_ROUTE),
                        context.response().getStatusCode());
            }
        });
        context.next();
    }

    /** Counts a request that got no further than the decoder. */
    void countInvalid(HttpServerRequest request, int status) {
        traffic.answered(request.method(), HttpTraffic.NO_ROUTE, status);
    }

    /** A node serves from now on. */
    void serving(ClusterPicture picture, int port) {
        announcement.announce(picture.self(), port);
        if (meters != null) {
            meters.register(picture.clusterId());
        }
    }

    void close() {
        announcement.withdraw();
        if (meters != null) {
            meters.close();
        }
    }
}

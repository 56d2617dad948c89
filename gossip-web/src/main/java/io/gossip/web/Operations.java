/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterPublication;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.NodeStatus;
import io.gossip.web.cluster.ClusterFollower;
import io.gossip.web.cluster.RecentAnswer;
import io.gossip.web.operation.HealthResources;
import io.gossip.web.operation.HttpAnnouncement;
import io.gossip.web.operation.HttpMeters;
import io.gossip.web.operation.HttpTraffic;
import io.gossip.web.operation.MetricsResource;
import io.gossip.web.request.Access;
import io.gossip.web.request.Resource;
import io.gossip.web.request.Resources;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What those need who run the node rather than use it: health, metrics, and the others' knowledge of where it answers.
 *
 * <p><b>Threads:</b> confined to one context.
 */
final class Operations implements ClusterFollower {
    private final HttpTraffic traffic = new HttpTraffic();
    private final IntSupplier port;
    private final HttpAnnouncement announcement;
    private final HealthResources health;
    private final MetricsResource metrics;
    private final @Nullable HttpMeters meters;

    /**
     * What operators need.
     *
     * @param port where is listened, once a node serves
     * @param streams how many event streams are open
     * @param statuses how the node fares
     */
    Operations(
            Vertx vertx,
            GossipWebOptions options,
            IntSupplier port,
            IntSupplier streams,
            RecentAnswer<NodeStatus> statuses,
            @Nullable MeterRegistry registry) {
        this.port = port;
        WebSecurityOptions security = options.getSecurity();
        GossipService service = GossipService.create(vertx, options.getAddressPrefix());
        announcement =
                new HttpAnnouncement(service, options.getHost(), options.getAdvertiseAddress(), security.isTls());
        Duration interval = Duration.ofMillis(options.getGossipIntervalMillis());
        health = new HealthResources(
                statuses, interval, System::nanoTime, security.isHealthNeedsToken() ? Access.READ : Access.ANYONE);
        metrics = new MetricsResource(vertx, registry);
        meters = registry == null ? null : new HttpMeters(registry, traffic, streams);
    }

    /** Takes over what may change while this runs. */
    void reconfigure(GossipWebOptions options) {
        health.interval(Duration.ofMillis(options.getGossipIntervalMillis()));
    }

    void addTo(Resources resources) {
        health.addTo(resources);
        metrics.addTo(resources);
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

    @Override
    public void started(ClusterPicture picture) {
        announcement.announce(picture.self(), port.getAsInt());
        if (meters != null) {
            meters.register(picture.clusterId());
        }
    }

    @Override
    public void changed(ClusterPublication publication) {}

    @Override
    public void lost(String reason) {}

    /** Completes when the others are told that nothing is served here any longer. */
    Future<Void> close() {
        if (meters != null) {
            meters.close();
        }
        return announcement.withdraw();
    }
}

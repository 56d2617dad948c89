/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.persistence.FileMemberStore;
import io.gossip.transport.HostPort;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.util.Collection;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The members of this process and the Vert.x they run in.
 *
 * <p><b>Threads:</b> thread-safe; a signal may stop it while it starts.
 */
final class MemberProcess {
    private final Vertx vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    private final Collection<String> gossipVerticles = new ConcurrentLinkedQueue<>();
    private final Collection<String> webVerticles = new ConcurrentLinkedQueue<>();

    /**
     * Starts one member: gossip first, then HTTP.
     *
     * @return who it is; fails with what to change
     */
    Future<RunningMember> start(MemberSettings settings) {
        MeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        GossipVerticle gossip = new GossipVerticle(settings.gossip()).meterRegistry(registry);
        Path dataDir = settings.dataDir();
        if (dataDir != null) {
            gossip.memberStore(new FileMemberStore(dataDir));
        }
        return vertx.deployVerticle(gossip)
                .onSuccess(gossipVerticles::add)
                .compose(deployed -> startWeb(settings, registry))
                .compose(http -> running(settings, http));
    }

    /** {@return completes after a time} */
    Future<Void> pause(long millis) {
        return vertx.timer(millis).mapEmpty();
    }

    /**
     * Stops everything in the order that lets the goodbyes out: HTTP, the members, then Vert.x with its sockets.
     *
     * @return completes when nothing runs any more
     */
    Future<Void> stop() {
        return undeploy(webVerticles)
                .eventually(() -> undeploy(gossipVerticles))
                .eventually(vertx::close);
    }

    private Future<HostPort> startWeb(MemberSettings settings, MeterRegistry registry) {
        GossipWebVerticle web = new GossipWebVerticle(new GossipWebOptions(settings.web())
                        .setAddressPrefix(settings.gossip().getAddressPrefix())
                        .setGossipIntervalMillis(settings.gossip().getNode().getGossipIntervalMillis()))
                .meterRegistry(registry);
        return vertx.deployVerticle(web)
                .onSuccess(webVerticles::add)
                .map(deployed -> new HostPort(settings.web().getHost(), web.actualPort()));
    }

    private Future<RunningMember> running(MemberSettings settings, HostPort http) {
        return GossipService.create(vertx, settings.gossip().getAddressPrefix())
                .status()
                .map(status -> new RunningMember(
                        status.self(),
                        settings.gossip().getNode().getClusterId(),
                        http,
                        settings.web().getSecurity().isTls()));
    }

    private Future<Void> undeploy(Collection<String> deployments) {
        return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
    }
}

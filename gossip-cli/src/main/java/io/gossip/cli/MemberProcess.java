/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.HostPort;
import io.gossip.web.GossipWebOptions;
import io.gossip.web.GossipWebVerticle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
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
        return vertx.deployVerticle(new GossipVerticle(settings.gossip()))
                .onSuccess(gossipVerticles::add)
                .compose(deployed -> startWeb(settings))
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

    private Future<HostPort> startWeb(MemberSettings settings) {
        HostPort http = settings.http();
        GossipWebVerticle web = new GossipWebVerticle(new GossipWebOptions()
                .setHost(http.host())
                .setPort(http.port())
                .setAddressPrefix(settings.gossip().getAddressPrefix())
                .setGossipIntervalMillis(settings.gossip().getNode().getGossipIntervalMillis()));
        return vertx.deployVerticle(web)
                .onSuccess(webVerticles::add)
                .map(deployed -> new HostPort(http.host(), web.actualPort()));
    }

    private Future<RunningMember> running(MemberSettings settings, HostPort http) {
        return GossipService.create(vertx, settings.gossip().getAddressPrefix())
                .status()
                .map(status -> new RunningMember(
                        status.self(), settings.gossip().getNode().getClusterId(), http));
    }

    private Future<Void> undeploy(Collection<String> deployments) {
        return Future.join(deployments.stream().map(vertx::undeploy).toList()).mapEmpty();
    }
}

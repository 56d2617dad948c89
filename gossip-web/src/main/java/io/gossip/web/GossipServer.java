/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.web;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.GossipVerticle;
import io.gossip.transport.Reconfiguration;
import io.gossip.transport.Transport;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A member with its web interface: deploys a {@link GossipVerticle} and a {@link GossipWebVerticle} that belong together.
 *
 * <p><b>Threads:</b> thread-safe.
 */
public final class GossipServer {
    private static final System.Logger LOGGER = System.getLogger(GossipServer.class.getName());

    /** Follows from the member's options, where it is named. */
    private static final String NOT_OF_WEB = "web.gossipIntervalMillis";

    private final Vertx vertx;
    private final GossipService service;
    private final GossipVerticle gossip;
    private final GossipWebVerticle web;
    private final String nodeDeployment;
    private final String webDeployment;
    private final AtomicReference<@Nullable Future<Void>> closing = new AtomicReference<>();

    private GossipServer(
            Vertx vertx,
            GossipService service,
            GossipVerticle gossip,
            String nodeDeployment,
            GossipWebVerticle web,
            String webDeployment) {
        this.vertx = vertx;
        this.service = service;
        this.gossip = gossip;
        this.web = web;
        this.nodeDeployment = nodeDeployment;
        this.webDeployment = webDeployment;
    }

    /**
     * Starts the member, then its web interface.
     *
     * @param vertx where to deploy both
     * @param options how they are set up; copied
     * @param transport carries the member's datagrams
     * @return the running server; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<GossipServer> start(Vertx vertx, GossipServerOptions options, Transport transport) {
        return start(vertx, options, new GossipVerticle(options.getGossip(), transport), web(options));
    }

    /**
     * Starts the member, then its web interface, with their meters in a registry.
     *
     * @param vertx where to deploy both
     * @param options how they are set up; copied
     * @param transport carries the member's datagrams
     * @param registry where to register the meters; takes one member of each cluster. {@code GET /metrics} shows it if it
     *     is, or contains, one of Prometheus
     * @return the running server; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<GossipServer> start(
            Vertx vertx, GossipServerOptions options, Transport transport, MeterRegistry registry) {
        return start(
                vertx,
                options,
                new GossipVerticle(options.getGossip(), transport).meterRegistry(registry),
                web(options).meterRegistry(registry));
    }

    private static GossipWebVerticle web(GossipServerOptions options) {
        return new GossipWebVerticle(webOptions(options)).nodeOptions(options.getGossip());
    }

    private static GossipWebOptions webOptions(GossipServerOptions options) {
        GossipOptions gossip = options.getGossip();
        return new GossipWebOptions(options.getWeb())
                .setAddressPrefix(gossip.getAddressPrefix())
                .setGossipIntervalMillis(gossip.getNode().getGossipIntervalMillis());
    }

    private static Future<GossipServer> start(
            Vertx vertx, GossipServerOptions options, GossipVerticle gossip, GossipWebVerticle web) {
        GossipService service = GossipService.create(vertx, options.getGossip().getAddressPrefix());
        return vertx.deployVerticle(gossip)
                .compose(node -> vertx.deployVerticle(web)
                        .map(deployed -> new GossipServer(vertx, service, gossip, node, web, deployed))
                        .recover(failure -> vertx.undeploy(node).transform(gone -> Future.failedFuture(failure))));
    }

    /** {@return what reads and writes the member's state} */
    public GossipService service() {
        return service;
    }

    /**
     * Has member and web interface go over to other options, without stopping them. Everything is checked before anything is
     * changed. What changes live is changed; what does not is named in the result and left as it was.
     *
     * @param wanted all options, also those that stay as they are; copied
     * @return what was changed and what needs a restart, named as in {@link GossipServerOptions#toJson()}: {@code
     *     gossip.node.fanout}, {@code web.security.tokens}. Fails, and changes nothing, for options that can never work, or
     *     if the member does not run. Should the web interface not get back what it had when the member fails, the log has
     *     that as an error and the failure has why among what it {@linkplain Throwable#getSuppressed() suppressed}
     */
    public Future<Reconfiguration> reconfigure(GossipServerOptions wanted) {
        GossipServerOptions copy = new GossipServerOptions(wanted);
        return Future.<Void>succeededFuture().compose(nothing -> {
            gossip.preview(copy.getGossip()); // throws before the web side is changed
            GossipWebOptions former = web.options();
            GossipWebOptions webOptions =
                    webOptions(copy).setAddressPrefix(web.options().getAddressPrefix());
            return web.reconfigure(webOptions)
                    .compose(ofWeb -> gossip.reconfigure(copy.getGossip())
                            .recover(failure -> web.reconfigure(former)
                                    .transform(undone -> Future.failedFuture(afterUndo(failure, undone))))
                            .map(ofGossip -> {
                                web.nodeOptions(gossip.options());
                                return ofGossip.under("gossip")
                                        .and(ofWeb.under("web").without(NOT_OF_WEB));
                            }));
        });
    }

    private static Throwable afterUndo(Throwable failure, AsyncResult<?> undone) {
        if (undone.failed()) {
            failure.addSuppressed(undone.cause());
            LOGGER.log(
                    System.Logger.Level.ERROR,
                    "the web interface could not go back to the options it had",
                    undone.cause());
        }
        return failure;
    }

    /**
     * The options in force.
     *
     * @return a copy, with node id and generation filled in
     * @throws IllegalStateException if the server does not run
     */
    public GossipServerOptions options() {
        return new GossipServerOptions(gossip.options(), web.options());
    }

    /** {@return the TCP port that was really bound} */
    public int httpPort() {
        return web.actualPort();
    }

    /** {@return completes when the web interface has stopped, by {@link #close()} or because it was undeployed} */
    public Future<Void> restTermination() {
        return web.termination();
    }

    /**
     * Stops the web interface, then says goodbye to the cluster and stops the member. May be called more than once.
     *
     * @return completes when both have stopped
     */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        if (closing.compareAndSet(null, closed.future())) {
            undeploy(webDeployment).eventually(() -> undeploy(nodeDeployment)).onComplete(closed);
        }
        Future<Void> running = closing.get();
        return running == null ? closed.future() : running;
    }

    private Future<Void> undeploy(String deployment) {
        return vertx.deploymentIDs().contains(deployment) ? vertx.undeploy(deployment) : Future.succeededFuture();
    }
}

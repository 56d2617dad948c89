/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member that passes messages of others on, for members that cannot or shall not be reached directly: those name it in
 * {@link MessagingOptions#setProxies}. Several proxies find each other by themselves. A proxy keeps no message; what is lost
 * with it is sent again by its sender.
 *
 * <p><b>Threads:</b> any.
 */
public final class MessageProxy {
    private static final Logger LOG = System.getLogger(MessageProxy.class.getName());

    private final Vertx vertx;
    private final ProxyVerticle verticle;
    private final String deploymentId;
    private final @Nullable String gossipDeploymentId;

    private MessageProxy(
            Vertx vertx, ProxyVerticle verticle, String deploymentId, @Nullable String gossipDeploymentId) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.deploymentId = deploymentId;
        this.gossipDeploymentId = gossipDeploymentId;
        new AbandonedTalk(vertx, deploymentId, "message proxy", verticle.nodeId()).watch(this);
    }

    /**
     * Starts a proxy that gossips itself.
     *
     * @param vertx where it runs
     * @param options how it is set up; copied. Its own proxies and subscriptions are not used
     * @return the proxy; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageProxy> start(Vertx vertx, MessageNodeOptions options) {
        return start(vertx, options, Metering.NONE);
    }

    /**
     * Starts a proxy that gossips itself, and is measured.
     *
     * @param vertx where it runs
     * @param options how it is set up; copied. Its own proxies and subscriptions are not used
     * @param registry gets the meters of the gossip and those of docs/messaging.md §8, until the proxy is closed; null for
     *     none
     * @return the proxy; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageProxy> start(
            Vertx vertx, MessageNodeOptions options, @Nullable MeterRegistry registry) {
        return start(vertx, options, new Metering(registry));
    }

    private static Future<MessageProxy> start(Vertx vertx, MessageNodeOptions options, Metering metering) {
        MessageNodeOptions copy = new MessageNodeOptions(options.gossip(), options.messaging());
        return vertx.deployVerticle(metering.gossip(copy.gossip()))
                .compose(gossip -> deploy(vertx, copy.gossip().getAddressPrefix(), copy.messaging(), metering, gossip)
                        .recover(failure -> vertx.undeploy(gossip).transform(done -> Future.failedFuture(failure))));
    }

    /**
     * Makes a member that gossips already a proxy.
     *
     * @param vertx where its {@link GossipVerticle} is deployed
     * @param addressPrefix the verticle's prefix
     * @param options how it talks; copied
     * @return the proxy; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageProxy> join(Vertx vertx, String addressPrefix, MessagingOptions options) {
        return deploy(vertx, addressPrefix, options, Metering.NONE, null);
    }

    /**
     * Makes a member that gossips already a proxy, and has it measured.
     *
     * @param vertx where its {@link GossipVerticle} is deployed
     * @param addressPrefix the verticle's prefix
     * @param options how it talks; copied
     * @param registry gets the meters of docs/messaging.md §8, until the proxy is closed; null for none
     * @return the proxy; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageProxy> join(
            Vertx vertx, String addressPrefix, MessagingOptions options, @Nullable MeterRegistry registry) {
        return deploy(vertx, addressPrefix, options, new Metering(registry), null);
    }

    private static Future<MessageProxy> deploy(
            Vertx vertx,
            String addressPrefix,
            MessagingOptions options,
            Metering metering,
            @Nullable String gossipDeploymentId) {
        ProxyVerticle verticle = new ProxyVerticle(
                addressPrefix,
                new MessagingOptions(options).setProxies(List.of()).setSubscribe(null),
                metering);
        return vertx.deployVerticle(verticle)
                .map(deploymentId -> new MessageProxy(vertx, verticle, deploymentId, gossipDeploymentId));
    }

    /** {@return where others reach it, {@code host:port}} */
    public String address() {
        return verticle.address();
    }

    /** {@return what was counted so far} */
    public ProxyStatistics statistics() {
        return verticle.statistics();
    }

    /** Writes {@code LiveNodes: n} to the log, at level info. */
    public void printStatistics() {
        LOG.log(Level.INFO, () -> statistics().toString());
    }

    /**
     * Closes all connections, and undeploys the gossip verticle if {@link #start} deployed it. May be called more than once.
     *
     * @return completes when everything is closed
     */
    public Future<Void> close() {
        return undeploy(deploymentId)
                .eventually(() -> gossipDeploymentId == null ? Future.succeededFuture() : undeploy(gossipDeploymentId));
    }

    private Future<Void> undeploy(String id) {
        return vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipOptions;
import io.gossip.eventbus.GossipVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A member that talks to others: to one, to all, and with replies.
 *
 * <p>A message to a live member arrives there once, and in the order in which this member sent its messages to it,
 * however often connections break in between. Whether it did tells the future of each send: it completes when the receiver's
 * application got the message. When the receiver dies, leaves or is started anew before it confirms, the future fails;
 * the message may then have arrived or not.
 *
 * <p><b>Threads:</b> any. Futures complete and handlers are called on the event loop of the node.
 */
public final class MessageNode {
    private static final Logger LOG = System.getLogger(MessageNode.class.getName());

    private final Vertx vertx;
    private final MessagingVerticle verticle;
    private final Talk talk;
    private final ReadStream<IncomingMessage> incoming;
    private final String deploymentId;
    private final @Nullable String gossipDeploymentId;
    private @Nullable GossipOptions gossip; // null if another one configures it
    private Future<?> lastUpdate = Future.succeededFuture(); // as all that updates do, on the event loop

    private MessageNode(
            Vertx vertx,
            MessagingVerticle verticle,
            String deploymentId,
            @Nullable GossipOptions gossip,
            @Nullable String gossipDeploymentId) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.talk = verticle.talk();
        this.incoming = verticle.incoming();
        this.deploymentId = deploymentId;
        this.gossip = gossip;
        this.gossipDeploymentId = gossipDeploymentId;
        new AbandonedTalk(vertx, deploymentId, "message node", verticle.nodeId()).watch(this);
    }

    /**
     * Starts a member that gossips and talks.
     *
     * @param vertx where it runs
     * @param options how it is set up; copied
     * @return the node; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageNode> start(Vertx vertx, MessageNodeOptions options) {
        return start(vertx, options, Metering.NONE);
    }

    /**
     * Starts a member that gossips and talks, and is measured.
     *
     * @param vertx where it runs
     * @param options how it is set up; copied
     * @param registry gets the meters of the gossip and those of docs/messaging.md §8, until the node is closed; null for
     *     none
     * @return the node; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageNode> start(Vertx vertx, MessageNodeOptions options, @Nullable MeterRegistry registry) {
        return start(vertx, options, new Metering(registry));
    }

    /**
     * Starts a member that gossips and talks, is measured, and tells what is in its channels.
     *
     * @param vertx where it runs
     * @param options how it is set up; copied
     * @param registry as in {@link #start(Vertx, MessageNodeOptions, MeterRegistry)}; null for none
     * @param channels hears what enters and leaves the channels
     * @return the node; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageNode> start(
            Vertx vertx, MessageNodeOptions options, @Nullable MeterRegistry registry, ChannelMetrics channels) {
        return start(vertx, options, new Metering(registry, channels));
    }

    private static Future<MessageNode> start(Vertx vertx, MessageNodeOptions options, Metering metering) {
        MessageNodeOptions copy = new MessageNodeOptions(options.gossip(), options.messaging());
        return vertx.deployVerticle(metering.gossip(copy.gossip()))
                .compose(gossip -> deploy(
                                vertx,
                                copy.gossip().getAddressPrefix(),
                                copy.messaging(),
                                metering,
                                copy.gossip(),
                                gossip)
                        .recover(failure -> vertx.undeploy(gossip).transform(done -> Future.failedFuture(failure))));
    }

    /**
     * Lets a member that gossips already talk as well.
     *
     * @param vertx where its {@link GossipVerticle} is deployed
     * @param addressPrefix the verticle's prefix
     * @param options how it talks; copied
     * @return the node; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageNode> join(Vertx vertx, String addressPrefix, MessagingOptions options) {
        return deploy(vertx, addressPrefix, options, Metering.NONE, null, null);
    }

    /**
     * Lets a member that gossips already talk as well, and be measured.
     *
     * @param vertx where its {@link GossipVerticle} is deployed
     * @param addressPrefix the verticle's prefix
     * @param options how it talks; copied
     * @param registry gets the meters of docs/messaging.md §8, until the node is closed; null for none
     * @return the node; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageNode> join(
            Vertx vertx, String addressPrefix, MessagingOptions options, @Nullable MeterRegistry registry) {
        return deploy(vertx, addressPrefix, options, new Metering(registry), null, null);
    }

    /**
     * Lets a member that gossips already talk as well, be measured, and tell what is in its channels.
     *
     * @param vertx where its {@link GossipVerticle} is deployed
     * @param addressPrefix the verticle's prefix
     * @param options how it talks; copied
     * @param registry as in {@link #join(Vertx, String, MessagingOptions, MeterRegistry)}; null for none
     * @param channels hears what enters and leaves the channels
     * @return the node; fails with one line that says what to change, and leaves nothing behind
     */
    public static Future<MessageNode> join(
            Vertx vertx,
            String addressPrefix,
            MessagingOptions options,
            @Nullable MeterRegistry registry,
            ChannelMetrics channels) {
        return deploy(vertx, addressPrefix, options, new Metering(registry, channels), null, null);
    }

    private static Future<MessageNode> deploy(
            Vertx vertx,
            String addressPrefix,
            MessagingOptions options,
            Metering metering,
            @Nullable GossipOptions gossip,
            @Nullable String gossipDeploymentId) {
        MessagingVerticle verticle = new MessagingVerticle(addressPrefix, options, metering);
        return vertx.deployVerticle(verticle)
                .map(deploymentId -> new MessageNode(vertx, verticle, deploymentId, gossip, gossipDeploymentId));
    }

    /**
     * Sends a message to one member.
     *
     * @param nodeId its node id
     * @param payload what to say; not copied, must not change any more
     * @return completes when the receiver's application got it; fails with a {@link DeliveryException}
     */
    public Future<Void> direct(String nodeId, Buffer payload) {
        return talk.direct(nodeId, payload);
    }

    /**
     * Sends a message to every live member that takes messages, except this one.
     *
     * @param payload what to say; not copied, must not change any more
     * @return completes when nobody is waited for any longer, with who got it; with nobody at all if nobody is there. Fails with
     *     a {@link DeliveryException} if it is too large or the node is closed
     */
    public Future<Delivery> broadcast(Buffer payload) {
        return talk.broadcast(payload);
    }

    /**
     * Asks one member.
     *
     * @param nodeId its node id
     * @param payload what to ask; not copied, must not change any more
     * @param timeout how long to wait for the reply, at most a day
     * @return the reply; fails with a {@link DeliveryException}
     */
    public Future<Buffer> request(String nodeId, Buffer payload, Duration timeout) {
        return talk.request(nodeId, payload, timeout);
    }

    /**
     * Asks every live member that takes messages, except this one.
     *
     * @param payload what to ask; not copied, must not change any more
     * @param timeout how long to wait for replies, at most a day
     * @return completes when all have replied or cannot any longer, and at the latest after the timeout
     */
    public Future<Replies> ask(Buffer payload, Duration timeout) {
        return talk.askAll(payload, timeout);
    }

    /**
     * Asks every live member that offers a service, except this one.
     *
     * @param serviceType the type of the service
     * @param payload what to ask; not copied, must not change any more
     * @param timeout how long to wait for replies, at most a day
     * @return completes when all have replied or cannot any longer, and at the latest after the timeout
     */
    public Future<Replies> ask(String serviceType, Buffer payload, Duration timeout) {
        return talk.ask(peer -> verticle.offers(peer, serviceType), payload, timeout);
    }

    /**
     * Messages of others, in the order in which each of them sent them. Without a handler they pile up to the limits of
     * {@link MessagingOptions}; then their senders are held back.
     *
     * @return always the same stream; it ends when the node is closed
     */
    public ReadStream<IncomingMessage> incoming() {
        return incoming;
    }

    /** {@return the live members that take messages} */
    public PeerWatch peers() {
        return verticle;
    }

    /** {@return what was counted so far} */
    public Future<MessageStatistics> statistics() {
        return talk.onContext(verticle::statistics);
    }

    /**
     * Writes the statistics to the log, at level info, if more than some acknowledgements are missing.
     *
     * @param nodeCount how many may be missing without a word; with the number of members, a broadcast on its way is none
     * @return completes when it was looked at
     */
    public Future<Void> printStatistics(int nodeCount) {
        return statistics()
                .onSuccess(now -> now.lineIfMoreThan(nodeCount).ifPresent(line -> LOG.log(Level.INFO, line)))
                .mapEmpty();
    }

    /**
     * Takes over a new configuration without a restart, as far as that is possible: proxies, subscriptions, limits, times,
     * keys and certificates (which are read again even if their paths are the same); of the gossip half the service and
     * the initial keys, if {@link #start} started it. Messages on their way are not lost.
     *
     * @param wanted the whole new configuration; copied
     * @return completes with what is in force now and what needs a restart; fails if the new configuration cannot
     *     be used: then everything is left as it was, or, what was told to the cluster before a part was refused, written back
     */
    public Future<ConfigurationUpdate> update(MessageNodeOptions wanted) {
        MessageNodeOptions copy = new MessageNodeOptions(wanted.gossip(), wanted.messaging());
        return talk.onContext(() -> {
            Future<ConfigurationUpdate> update = lastUpdate.transform(done -> updateNow(copy));
            lastUpdate = update;
            return update;
        });
    }

    // The gossip half first: what it refuses shows only when it is told, and can be told back.
    private Future<ConfigurationUpdate> updateNow(MessageNodeOptions wanted) {
        verticle.check(wanted.messaging());
        GossipOptions former = gossip;
        if (former == null) {
            return verticle.update(wanted.messaging());
        }
        GossipChanges changes = new GossipChanges(former, wanted.gossip());
        return changes.apply(verticle.service())
                .compose(undo -> verticle.update(wanted.messaging())
                        .recover(failure -> undo.run().transform(undone -> Future.failedFuture(failure))))
                .map(messaging -> {
                    gossip = new GossipOptions(former)
                            .setService(wanted.gossip().getService())
                            .setInitialKeyValues(wanted.gossip().getInitialKeyValues());
                    return new ConfigurationUpdate(
                            joined(messaging.applied(), changes.applied()),
                            joined(messaging.needRestart(), changes.needRestart()));
                });
    }

    private static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    /**
     * Stops: takes no more messages at once, waits for what is unconfirmed up to
     * {@link MessagingOptions#getCloseTimeout()}, then closes all connections. What is unconfirmed then fails with
     * {@link DeliveryException.Reason#CLOSED}. A gossip verticle that {@link #start} deployed is undeployed as well. May be called
     * more than once.
     *
     * @return completes when everything is closed
     */
    public Future<Void> close() {
        return talk.farewell()
                .onSuccess(left -> {
                    if (left > 0) {
                        LOG.log(
                                Level.WARNING,
                                () -> left + " messages were not acknowledged before the node was closed");
                    }
                })
                .eventually(() -> undeploy(deploymentId))
                .eventually(() -> gossipDeploymentId == null ? Future.succeededFuture() : undeploy(gossipDeploymentId))
                .mapEmpty();
    }

    String deploymentId() {
        return deploymentId;
    }

    private Future<Void> undeploy(String id) {
        return vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.GossipVerticle;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
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
    private final @Nullable Gossip gossip; // null if another one runs it
    private Future<?> lastUpdate = Future.succeededFuture(); // as all that updates do, on the event loop

    /** The gossip that this node started, and ends. */
    private record Gossip(GossipVerticle verticle, String deploymentId) {}

    private MessageNode(Vertx vertx, MessagingVerticle verticle, String deploymentId, @Nullable Gossip gossip) {
        this.vertx = vertx;
        this.verticle = verticle;
        this.talk = verticle.talk();
        this.incoming = verticle.incoming();
        this.deploymentId = deploymentId;
        this.gossip = gossip;
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
        return start(vertx, options, null);
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
        return start(vertx, options, registry, ChannelMetrics.NONE);
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
        Metering metering = new Metering(registry, channels);
        return start(vertx, options, metering, metering.gossip(options.gossip()));
    }

    /** With a verticle that is not deployed as yet and has the gossip half of the options. */
    static Future<MessageNode> start(
            Vertx vertx, MessageNodeOptions options, Metering metering, GossipVerticle verticle) {
        MessagingOptions messaging = new MessagingOptions(options.messaging());
        String prefix = options.gossip().getAddressPrefix();
        return vertx.deployVerticle(verticle)
                .map(deploymentId -> new Gossip(verticle, deploymentId))
                .compose(gossip -> deploy(vertx, prefix, messaging, metering, gossip)
                        .recover(failure ->
                                vertx.undeploy(gossip.deploymentId).transform(done -> Future.failedFuture(failure))));
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
        return deploy(vertx, addressPrefix, options, Metering.NONE, null);
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
        return deploy(vertx, addressPrefix, options, new Metering(registry), null);
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
        return deploy(vertx, addressPrefix, options, new Metering(registry, channels), null);
    }

    private static Future<MessageNode> deploy(
            Vertx vertx, String addressPrefix, MessagingOptions options, Metering metering, @Nullable Gossip gossip) {
        MessagingVerticle verticle = new MessagingVerticle(addressPrefix, options, metering);
        return vertx.deployVerticle(verticle)
                .map(deploymentId -> new MessageNode(vertx, verticle, deploymentId, gossip));
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
     * keys and certificates (which are read again even if their paths are the same); of the gossip half, if {@link #start}
     * started it, what {@link GossipVerticle#reconfigure} takes over. Messages on their way are not lost. May be called from
     * any thread; updates follow one another.
     *
     * @param wanted the whole new configuration; copied
     * @return completes with what is in force now and what needs a restart; fails if the new configuration cannot
     *     be used: then the former one is in force. Nearly all that can fail is found before anything is changed; what is not
     *     is taken back, and connections may then have been made anew. If even that fails, the failure names it as suppressed
     */
    public Future<ConfigurationUpdate> update(MessageNodeOptions wanted) {
        MessageNodeOptions copy = new MessageNodeOptions(wanted.gossip(), wanted.messaging());
        return talk.onContext(() -> {
            Future<ConfigurationUpdate> update = lastUpdate.transform(done -> updateNow(copy));
            lastUpdate = update;
            return update;
        });
    }

    // What the gossip would refuse is known before anything is done.
    private Future<ConfigurationUpdate> updateNow(MessageNodeOptions wanted) {
        Gossip own = gossip;
        if (own == null) {
            return verticle.update(wanted.messaging());
        }
        own.verticle.preview(wanted.gossip());
        MessagingOptions former = verticle.options();
        return verticle.update(wanted.messaging())
                .compose(messaging -> own.verticle
                        .reconfigure(wanted.gossip())
                        .map(change -> messaging.and(change.under("gossip")))
                        .recover(failure -> takeBack(former, failure)));
    }

    private Future<ConfigurationUpdate> takeBack(MessagingOptions former, Throwable failure) {
        return verticle.update(former).transform(undone -> {
            if (undone.failed() && undone.cause() != failure) {
                failure.addSuppressed(undone.cause());
            }
            return Future.failedFuture(failure);
        });
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
                .eventually(() -> gossip == null ? Future.succeededFuture() : undeploy(gossip.deploymentId))
                .mapEmpty();
    }

    String deploymentId() {
        return deploymentId;
    }

    private Future<Void> undeploy(String id) {
        return vertx.deploymentIDs().contains(id) ? vertx.undeploy(id) : Future.succeededFuture();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.MemberPicture;
import io.gossip.messaging.DeliveryException.Reason;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.streams.ReadStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One member's talk: ties the cluster view to what is sent and received. All of it lives on this verticle's event loop;
 * {@link MessageNode} is what users see of it.
 */
final class MessagingVerticle extends VerticleBase implements Link.Owner, Door.Owner, PeerWatch {
    private static final Logger LOG = System.getLogger(MessagingVerticle.class.getName());

    private final String addressPrefix;
    private final MessagingOptions options;
    private final Metering metering;
    private final Counters counters;
    private final Map<PeerId, Long> deadTimers = new HashMap<>();
    private volatile Map<PeerId, Peer> livePeers = Map.of();
    private volatile @Nullable Handler<Map<PeerId, Peer>> peersHandler;
    private volatile @Nullable Running running;
    private @Nullable MessagingMeters meters;
    private long resendTimer = -1;

    /** What exists from start to stop. */
    private record Running(Presence presence, Sender sender, Receiver receiver, PendingReplies replies, Talk talk) {
        PeerDirectory directory() {
            return presence.directory();
        }
    }

    MessagingVerticle(String addressPrefix, MessagingOptions options, Metering metering) {
        this.addressPrefix = addressPrefix;
        this.metering = metering;
        this.counters = new Counters(metering.channels());
        this.options = new MessagingOptions(options);
    }

    @Override
    public Future<?> start() {
        return ClusterView.follow(vertx, addressPrefix).compose(view -> {
            Presence presence = new Presence(vertx, addressPrefix, view, options, false, this);
            return presence.open()
                    .map(told -> begin(presence))
                    .recover(failure ->
                            presence.close("the member did not start").transform(done -> Future.failedFuture(failure)));
        });
    }

    private Presence begin(Presence presence) {
        PeerId self = presence.self();
        PendingReplies replies = new PendingReplies(vertx);
        Sender sender =
                new Sender(self, options, counters, presence::directory, address -> presence.link(address, this));
        Talk talk = new Talk(vertx, context, options, presence::directory, sender, replies);
        Receiver receiver = new Receiver(self, context, options, counters, replies, talk::reply);
        meters = metering.member(presence, counters, receiver::depth);
        running = new Running(presence, sender, receiver, replies, talk);
        watchStalled(sender);
        presence.follow(this::follow);
        return presence;
    }

    private void watchStalled(Sender sender) {
        vertx.cancelTimer(resendTimer);
        long ticks = Math.max(1, options.getResendDelay().toMillis() / Sender.RESEND_TICKS);
        resendTimer = vertx.setPeriodic(ticks, timer -> sender.resendStalled());
    }

    /** Undeployed without a farewell: what is unconfirmed is given up. */
    @Override
    public Future<?> stop() {
        Running stopped = running;
        running = null;
        if (stopped == null) {
            return Future.succeededFuture();
        }
        if (meters != null) {
            meters.close();
        }
        vertx.cancelTimer(resendTimer);
        deadTimers.values().forEach(vertx::cancelTimer);
        deadTimers.clear();
        stopped.talk.close();
        stopped.replies.close();
        stopped.sender.close("the member was closed");
        stopped.receiver.close();
        return stopped.presence.close("the member was closed");
    }

    String nodeId() {
        Running now = running;
        return now == null ? "" : now.presence.self().nodeId();
    }

    Talk talk() {
        return live().talk;
    }

    /** Whether a live peer offers a service; on the event loop. */
    boolean offers(PeerId peer, String serviceType) {
        Running now = live();
        Peer known = now.directory().live().get(peer);
        return known != null
                && now.presence
                        .view()
                        .current()
                        .member(known.identity())
                        .flatMap(MemberPicture::service)
                        .filter(service -> service.type().equals(serviceType))
                        .isPresent();
    }

    ReadStream<IncomingMessage> incoming() {
        return live().receiver.stream();
    }

    /** On the event loop. */
    Future<MessageStatistics> statistics() {
        Running now = live();
        long talking = now.directory().live().values().stream()
                .filter(peer -> !peer.isProxy())
                .count();
        return Future.succeededFuture(new MessageStatistics(
                now.presence.view().current().liveMembers().size(),
                (int) talking + 1,
                counters.dataSent.sum(),
                counters.dataReceived.sum(),
                counters.acksSent.sum(),
                counters.acksReceived.sum(),
                counters.repeated.sum(),
                counters.resent.sum(),
                counters.refused.sum(),
                counters.givenUp.sum(),
                now.sender.unconfirmed(),
                now.receiver.depth()));
    }

    @Override
    public Map<PeerId, Peer> current() {
        return livePeers;
    }

    @Override
    public PeerWatch onChange(@Nullable Handler<Map<PeerId, Peer>> handler) {
        peersHandler = handler;
        return this;
    }

    /** A copy of what is in force; on the event loop. */
    MessagingOptions options() {
        return new MessagingOptions(options);
    }

    /** Takes over new options as far as that is possible while running; on the event loop. */
    Future<ConfigurationUpdate> update(MessagingOptions wanted) {
        Running now = live();
        OptionChanges changes = OptionChanges.between(options, wanted);
        MessagingTls formerFiles = options.getTls();
        MessagingTls files = OptionChanges.switchesTls(options, wanted) ? formerFiles : wanted.getTls();
        boolean changesTrust =
                files != null && formerFiles != null && !files.trustedKeys().equals(formerFiles.trustedKeys());
        Advertisement advertisement = now.presence.advertisement(wanted); // throws before anything is changed
        return renew(now, files)
                .compose(renewed -> now.presence.advertise(advertisement))
                .recover(failure -> renew(now, formerFiles).transform(done -> Future.failedFuture(failure)))
                .map(advertised -> {
                    if (running == null) {
                        throw new DeliveryException(Reason.CLOSED, "the node was closed");
                    }
                    options.adopt(wanted);
                    options.setTls(files);
                    watchStalled(now.sender);
                    if (changes.changesWays()) {
                        reroute();
                        now.sender.reconnect("configured anew");
                    }
                    if (changesTrust) {
                        now.sender.reconsider();
                        now.presence.door().reconsider();
                    }
                    return changes.toUpdate();
                });
    }

    private static Future<Void> renew(Running now, @Nullable MessagingTls files) {
        return files == null ? Future.succeededFuture() : now.presence.renew(files);
    }

    private Running live() {
        Running now = running;
        if (now == null) {
            throw new DeliveryException(Reason.CLOSED, "the node is closed");
        }
        return now;
    }

    // What the cluster does

    private void follow(ClusterPicture picture) {
        Running now = running;
        if (now == null) {
            return;
        }
        PeerDirectory directory = now.directory();
        boolean changed = !directory.live().equals(livePeers);
        if (changed) {
            livePeers = Map.copyOf(directory.live());
            reroute();
        }
        now.sender.receivers().forEach(peer -> judge(now, peer));
        now.presence.door().retain(directory::isLive, "not known here any longer as a live member that takes messages");
        now.receiver.retain(peer -> directory.isLive(peer) || directory.mayReturn(peer));
        Handler<Map<PeerId, Peer>> handler = peersHandler;
        if (handler != null && changed) {
            handler.handle(current()); // last: it may throw
        }
    }

    private void judge(Running now, PeerId peer) {
        PeerDirectory directory = now.directory();
        if (directory.isLive(peer)) {
            forgetTimer(peer);
        } else if (!directory.mayReturn(peer)) {
            forgetTimer(peer);
            now.sender.giveUp(peer, Reason.PEER_GONE, peer + " left the cluster before it confirmed");
        } else {
            deadTimers.computeIfAbsent(
                    peer,
                    dead -> vertx.setTimer(options.getDeadPeerPatience().toMillis(), late -> {
                        deadTimers.remove(dead);
                        now.sender.giveUp(dead, Reason.PEER_GONE, dead + " died before it confirmed");
                    }));
        }
    }

    private void forgetTimer(PeerId peer) {
        Long timer = deadTimers.remove(peer);
        if (timer != null) {
            vertx.cancelTimer(timer);
        }
    }

    private void reroute() {
        Running now = running;
        if (now != null) {
            List<HostPort> own = options.ownProxies();
            Reach reach = now.presence.reach();
            reach.retain(address -> own.contains(address) || now.directory().isNamed(address));
            now.sender.follow(Routes.ofMember(own, now.directory().live().values(), reach));
        }
    }

    // What connections do

    @Override
    public @Nullable String objection(Link link, Connection connection, Frame.Hello hello) {
        String objection = objection(connection, hello);
        Running now = running;
        Peer peer = now == null ? null : now.directory().live().get(hello.peer());
        if (objection == null
                && peer != null
                && !peer.isProxy()
                && !peer.address().equals(link.address())) {
            return hello.peer() + " answers at an address where it does not say it does";
        }
        return objection;
    }

    @Override
    public @Nullable String objection(Connection connection, Frame.Hello hello) {
        Running now = running;
        return now == null ? "the node is closed" : now.presence.objection(connection, hello);
    }

    @Override
    public void opened(Link link, Connection connection) {
        Running now = running;
        Frame.Hello hello = connection.hello();
        if (now != null && hello != null) {
            if (now.presence.reach().opened(link.address(), hello.peer())) {
                reroute();
            }
            now.sender.opened(link);
        }
    }

    @Override
    public void writable(Link link) {
        Running now = running;
        if (now != null) {
            now.sender.writable(link);
        }
    }

    @Override
    public void received(Link link, Connection connection, Frame frame) {
        received(connection, frame);
    }

    @Override
    public void failed(Link link, String reason) {
        Running now = running;
        if (now == null) {
            return;
        }
        LOG.log(Level.DEBUG, () -> "messages to " + link.address() + ": " + reason);
        if (now.presence.reach().failed(link.address())) {
            reroute();
        }
        now.sender.failed(link);
    }

    @Override
    public void entered(Connection connection) {
        Running now = running;
        if (now != null) {
            now.receiver.entered(connection, now.presence.doorkeeper().isShared(connection));
        }
    }

    @Override
    public void left(Connection connection) {
        Running now = running;
        if (now != null) {
            now.receiver.closed(connection);
        }
    }

    @Override
    public void received(Connection connection, Frame frame) {
        Running now = running;
        if (now == null) {
            return;
        }
        if (frame instanceof Frame.Data data) {
            if (now.presence.doorkeeper().mayName(connection, data.source())
                    && (data.target() == null || now.presence.self().equals(data.target()))) {
                now.receiver.received(
                        connection, data, now.presence.doorkeeper().isShared(connection));
            }
        } else if (frame instanceof Frame.Ack ack) {
            if (now.presence.doorkeeper().mayName(connection, ack.receiver())
                    && ack.sender().equals(now.presence.self())) {
                now.sender.confirmed(ack.receiver(), ack.sequences());
            }
        }
    }
}

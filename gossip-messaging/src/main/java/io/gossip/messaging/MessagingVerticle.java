/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipService;
import io.gossip.eventbus.MemberPicture;
import io.gossip.messaging.DeliveryException.Reason;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.VerticleBase;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.streams.ReadStream;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One member's talk: ties the cluster view to what is sent and received. All of it lives on this verticle's event loop;
 * {@link MessageNode} is what users see of it.
 */
final class MessagingVerticle extends VerticleBase implements Link.Owner, Door.Owner, PeerWatch {
    private static final Logger LOG = System.getLogger(MessagingVerticle.class.getName());

    private final String addressPrefix;
    private final MessagingOptions options;
    private final @Nullable MeterRegistry registry;
    private final Counters counters = new Counters();
    private final RandomGenerator random = new SplittableRandom();
    private final Set<SocketAddress> reachable = new HashSet<>();
    private final Map<PeerId, Long> deadTimers = new HashMap<>();
    private volatile PeerDirectory directory = PeerDirectory.EMPTY;
    private volatile @Nullable Handler<Map<PeerId, Peer>> peersHandler;
    private @Nullable Running running;
    private @Nullable MessagingMeters meters;

    /** What exists from start to stop. */
    private record Running(
            ClusterView view,
            PeerId self,
            String clusterId,
            Doorkeeper doorkeeper,
            GossipService service,
            NetClient client,
            Door door,
            Sender sender,
            Receiver receiver,
            PendingReplies replies,
            Talk talk,
            long resendTimer) {}

    MessagingVerticle(String addressPrefix, MessagingOptions options, @Nullable MeterRegistry registry) {
        this.addressPrefix = addressPrefix;
        this.registry = registry;
        this.options = new MessagingOptions(options);
    }

    @Override
    public Future<?> start() {
        return ClusterView.follow(vertx, addressPrefix)
                .compose(view ->
                        start(view).recover(failure -> view.close().transform(done -> Future.failedFuture(failure))));
    }

    private Future<?> start(ClusterView view) {
        // Not larger than what every JSON parser keeps.
        PeerId self = PeerId.of(view.current().self(), random.nextLong(1, 1L << 53));
        Sockets sockets = new Sockets(vertx, options);
        NetServer server = sockets.server();
        NetClient client = sockets.client();
        PendingReplies replies = new PendingReplies(vertx);
        Sender sender = new Sender(
                self,
                options,
                counters,
                address -> new Link(vertx, address, client::connect, this::hello, options, random, this));
        Talk talk = new Talk(vertx, context, options, () -> directory, sender, replies);
        Receiver receiver = new Receiver(self, context, options, counters, replies, talk::reply);
        Door door = new Door(vertx, server, options, this::hello, this);
        GossipService service = GossipService.create(vertx, addressPrefix);
        long resendTimer = vertx.setPeriodic(
                Math.max(1, options.getResendDelay().toMillis() / Sender.RESEND_TICKS),
                timer -> sender.resendStalled());
        String clusterId = view.current().clusterId();
        Doorkeeper doorkeeper = new Doorkeeper(self, clusterId, options.getTls() != null, () -> directory);
        Running started = new Running(
                view, self, clusterId, doorkeeper, service, client, door, sender, receiver, replies, talk, resendTimer);
        running = started;
        if (registry != null) {
            meters = MessagingMeters.register(registry, clusterId, self.nodeId(), counters, receiver::depth);
        }
        return door.open()
                .compose(port -> service.serveMessages(
                        Advertisement.of(options, port, self.run(), false).toText()))
                .onSuccess(advertised -> {
                    view.onChange(this::follow);
                    follow(view.current());
                })
                .recover(failure -> stop().transform(done -> Future.failedFuture(failure)));
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
        vertx.cancelTimer(stopped.resendTimer);
        deadTimers.values().forEach(vertx::cancelTimer);
        deadTimers.clear();
        stopped.talk.close();
        stopped.replies.close();
        stopped.sender.close("the member was closed");
        stopped.receiver.close();
        return Future.join(List.of(
                        stopped.service.serveMessages(null).otherwiseEmpty(), // gossip may be gone already
                        stopped.door.close("the member was closed"),
                        stopped.client.close(),
                        stopped.view.close()))
                .mapEmpty();
    }

    Talk talk() {
        return live().talk;
    }

    /** Whether a live peer offers a service; on the event loop. */
    boolean offers(PeerId peer, String serviceType) {
        Peer known = directory.live().get(peer);
        return known != null
                && live().view
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
        PeerDirectory peers = directory;
        long talking =
                peers.live().values().stream().filter(peer -> !peer.isProxy()).count();
        return Future.succeededFuture(new MessageStatistics(
                now.view.current().liveMembers().size(),
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
        return Map.copyOf(directory.live());
    }

    @Override
    public PeerWatch onChange(@Nullable Handler<Map<PeerId, Peer>> handler) {
        peersHandler = handler;
        return this;
    }

    /** Takes over new options as far as that is possible while running; on the event loop. */
    Future<ConfigurationUpdate> update(MessagingOptions wanted) {
        Running now = live();
        JsonObject former = options.toJson();
        Set<String> changed = GossipChanges.differing(former, wanted.toJson());
        boolean switchesTls = (options.getTls() == null) != (wanted.getTls() == null);
        List<String> later = new ArrayList<>(changed);
        later.retainAll(switchesTls ? Set.of("listenAddress", "tls") : Set.of("listenAddress"));
        changed.removeAll(later);
        MessagingTls files = switchesTls ? options.getTls() : wanted.getTls();
        // Throws before anything is changed.
        Advertisement advertisement = Advertisement.of(
                new MessagingOptions(wanted).setListenAddress(options.getListenAddress()),
                port(now),
                now.self.run(),
                false);
        return (files == null ? Future.<Void>succeededFuture() : Sockets.renew(now.door.server(), now.client, files))
                .compose(renewed -> {
                    if (running == null) {
                        throw new DeliveryException(Reason.CLOSED, "the node was closed");
                    }
                    options.adopt(wanted);
                    options.setTls(files);
                    return now.service.serveMessages(advertisement.toText());
                })
                .map(advertised -> {
                    if (changed.contains("proxies") || changed.contains("subscribe")) {
                        reroute();
                        now.sender.reconnect("configured anew");
                    }
                    return new ConfigurationUpdate(prefixed(changed), prefixed(later));
                });
    }

    private static List<String> prefixed(Collection<String> names) {
        return names.stream().map(name -> "messaging." + name).toList();
    }

    private static int port(Running now) {
        return now.door.server().actualPort();
    }

    GossipService service() {
        return live().service;
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
        PeerDirectory before = directory;
        directory = PeerDirectory.of(picture);
        if (!directory.live().equals(before.live())) {
            reroute();
        }
        now.sender.receivers().forEach(peer -> judge(now, peer));
        now.door.retain(directory::isLive, "not known here any longer as a live member that takes messages");
        now.receiver.retain(peer -> directory.isLive(peer) || directory.mayReturn(peer));
        Handler<Map<PeerId, Peer>> handler = peersHandler;
        if (handler != null && !directory.live().equals(before.live())) {
            handler.handle(current()); // last: it may throw
        }
    }

    private void judge(Running now, PeerId peer) {
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
            List<String> told = options.getSubscribe() != null ? options.getSubscribe() : options.getProxies();
            List<SocketAddress> own = told.stream().map(HostPort::parse).toList();
            now.sender.follow(Routes.ofMember(own, directory.live().values(), reachable::contains));
        }
    }

    // What connections do

    private Frame.Hello hello() {
        Running now = live();
        boolean subscribes = !options.getProxies().isEmpty() || options.getSubscribe() != null;
        return new Frame.Hello(subscribes ? Role.SUBSCRIBER : Role.MEMBER, now.clusterId, now.self);
    }

    @Override
    public @Nullable String objection(Link link, Connection connection, Frame.Hello hello) {
        String objection = objection(connection, hello);
        Peer peer = directory.live().get(hello.peer());
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
        return now == null ? "the node is closed" : now.doorkeeper.objection(connection, hello);
    }

    @Override
    public void opened(Link link, Connection connection) {
        Running now = running;
        if (now != null) {
            if (reachable.add(link.address())) {
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
        LOG.log(Level.DEBUG, () -> "messages to " + HostPort.format(link.address()) + ": " + reason);
        if (reachable.remove(link.address())) {
            reroute();
        }
        now.sender.failed(link);
    }

    @Override
    public void entered(Connection connection) {
        Running now = running;
        if (now != null) {
            now.receiver.entered(connection, now.doorkeeper.isShared(connection));
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
            if (now.doorkeeper.mayName(connection, data.source())
                    && (data.target() == null || now.self.equals(data.target()))) {
                now.receiver.received(connection, data, now.doorkeeper.isShared(connection));
            }
        } else if (frame instanceof Frame.Ack ack) {
            if (now.doorkeeper.mayName(connection, ack.receiver())
                    && ack.sender().equals(now.self)) {
                now.sender.confirmed(ack.receiver(), ack.sequences());
            }
        }
    }
}

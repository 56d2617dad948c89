/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.eventbus.GossipService;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.SocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** A proxy at work: passes frames on between those connected here. It keeps nothing: who sent a message sends it again. */
final class ProxyVerticle extends VerticleBase implements Link.Owner, Door.Owner {
    private final String addressPrefix;
    private final MessagingOptions options;
    private final Counters counters = new Counters();
    private final RandomGenerator random = new SplittableRandom();
    private volatile String address = "";
    private final Map<SocketAddress, Link> links = new HashMap<>();
    private final Map<PeerId, Connection> otherProxies = new HashMap<>();
    private volatile PeerDirectory directory = PeerDirectory.EMPTY;
    private @Nullable Running running;

    /** What exists from start to stop. */
    private record Running(
            ClusterView view,
            Frame.Hello hello,
            Doorkeeper doorkeeper,
            GossipService service,
            NetClient client,
            Door door,
            SocketAddress address) {}

    ProxyVerticle(String addressPrefix, MessagingOptions options) {
        this.addressPrefix = addressPrefix;
        this.options = new MessagingOptions(options);
    }

    @Override
    public Future<?> start() {
        return ClusterView.follow(vertx, addressPrefix)
                .compose(view ->
                        start(view).recover(failure -> view.close().transform(done -> Future.failedFuture(failure))));
    }

    private Future<?> start(ClusterView view) {
        Sockets sockets = new Sockets(vertx, options);
        PeerId self = PeerId.of(view.current().self(), 0);
        String clusterId = view.current().clusterId();
        Frame.Hello hello = new Frame.Hello(Role.PROXY, clusterId, self);
        Door door = new Door(vertx, sockets.server(), options, () -> hello, this);
        GossipService service = GossipService.create(vertx, addressPrefix);
        return door.open().compose(port -> {
            Advertisement advertisement = Advertisement.of(options, port, 0, true);
            Doorkeeper doorkeeper = new Doorkeeper(self, clusterId, options.getTls() != null, () -> directory);
            running = new Running(view, hello, doorkeeper, service, sockets.client(), door, advertisement.address());
            address = HostPort.format(advertisement.address());
            return service.serveMessages(advertisement.toText())
                    .onSuccess(advertised -> {
                        view.onChange(this::follow);
                        follow(view.current());
                    })
                    .recover(failure -> stop().transform(done -> Future.failedFuture(failure)));
        });
    }

    @Override
    public Future<?> stop() {
        Running stopped = running;
        running = null;
        if (stopped == null) {
            return Future.succeededFuture();
        }
        links.values().forEach(link -> link.close("the proxy was closed"));
        links.clear();
        return Future.join(List.of(
                        stopped.service.serveMessages(null).otherwiseEmpty(), // gossip may be gone already
                        stopped.door.close("the proxy was closed"),
                        stopped.client.close(),
                        stopped.view.close()))
                .mapEmpty();
    }

    String address() {
        return address;
    }

    ProxyStatistics statistics() {
        PeerDirectory peers = directory;
        long talking =
                peers.live().values().stream().filter(peer -> !peer.isProxy()).count();
        return new ProxyStatistics((int) talking, counters.forwarded.sum(), counters.givenUp.sum());
    }

    private void follow(ClusterPicture picture) {
        Running now = running;
        if (now == null) {
            return;
        }
        directory = PeerDirectory.of(picture);
        now.door.retain(directory::isLive, "not known here any longer as a live member that takes messages");
        Set<SocketAddress> wanted =
                Routes.ofProxy(now.address, directory.live().values()).standing();
        links.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().close("no longer needed");
            }
            return unwanted;
        });
        wanted.forEach(
                address -> links.computeIfAbsent(address, to -> link(now, to)).want());
    }

    private Link link(Running now, SocketAddress address) {
        return new Link(vertx, address, now.client::connect, () -> now.hello, options, random, this);
    }

    private void passOn(Connection from, Frame frame) {
        Running now = running;
        Frame.Hello brought = from.hello();
        if (now == null || brought == null || !now.doorkeeper.mayName(from, speaker(frame))) {
            return;
        }
        Map<PeerId, Connection> others = connections(now);
        List<PeerId> next = ProxySwitch.next(
                frame,
                brought.peer(),
                role(brought.peer(), from),
                others.keySet(),
                peer -> role(peer, others.get(peer)));
        if (!next.isEmpty()) {
            Buffer bytes = FrameCodec.encode(passedOn(frame));
            next.forEach(peer -> passOn(bytes, Objects.requireNonNull(others.get(peer))));
        }
    }

    // Its sender keeps a message until it is confirmed, and a slow reader must not make the proxy keep it as well.
    private void passOn(Buffer bytes, Connection to) {
        if (to.isWriteQueueFull()) {
            counters.givenUp.increment();
            to.close("too much waits here to be read");
        } else {
            counters.forwarded.increment();
            to.send(bytes);
        }
    }

    private static PeerId speaker(Frame frame) {
        if (frame instanceof Frame.Data data) {
            return data.source();
        }
        if (frame instanceof Frame.Ack ack) {
            return ack.receiver();
        }
        throw new AssertionError("unhandled frame: " + frame);
    }

    private static Frame passedOn(Frame frame) {
        if (frame instanceof Frame.Data data) {
            return data.passedOn();
        }
        if (frame instanceof Frame.Ack ack) {
            return ack.passedOn();
        }
        throw new AssertionError("unhandled frame: " + frame);
    }

    private Map<PeerId, Connection> connections(Running now) {
        Map<PeerId, Connection> all = new HashMap<>(otherProxies);
        now.door.visitors().forEach((peer, connection) -> all.putIfAbsent(peer, connection));
        all.values().removeIf(Connection::isClosed);
        return all;
    }

    // What it is follows from the cluster, not from what it says; only whether it subscribes is its own to say.
    private Role role(PeerId peer, @Nullable Connection connection) {
        Peer known = directory.live().get(peer);
        if (known != null && known.isProxy()) {
            return Role.PROXY;
        }
        Frame.Hello hello = connection == null ? null : connection.hello();
        return hello != null && hello.role() == Role.SUBSCRIBER ? Role.SUBSCRIBER : Role.MEMBER;
    }

    private void greet(Connection connection) {
        connection.socket().setWriteQueueMaxSize((int) Math.min(Integer.MAX_VALUE, options.getMaxUnconfirmedBytes()));
    }

    @Override
    public @Nullable String objection(Link link, Connection connection, Frame.Hello hello) {
        return objection(connection, hello);
    }

    @Override
    public @Nullable String objection(Connection connection, Frame.Hello hello) {
        Running now = running;
        return now == null ? "the proxy is closed" : now.doorkeeper.objection(connection, hello);
    }

    @Override
    public void opened(Link link, Connection connection) {
        Frame.Hello hello = connection.hello();
        if (hello != null) {
            greet(connection);
            otherProxies.put(hello.peer(), connection);
        }
    }

    @Override
    public void failed(Link link, String reason) {
        otherProxies.values().removeIf(Connection::isClosed);
    }

    @Override
    public void received(Link link, Connection connection, Frame frame) {
        passOn(connection, frame);
    }

    @Override
    public void entered(Connection connection) {
        greet(connection);
    }

    @Override
    public void received(Connection connection, Frame frame) {
        passOn(connection, frame);
    }

    @Override
    public void left(Connection connection) {}

    @Override
    public void writable(Link link) {}
}

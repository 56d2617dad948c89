/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import io.gossip.eventbus.ClusterPicture;
import io.gossip.eventbus.ClusterView;
import io.gossip.messaging.frame.Frame;
import io.gossip.messaging.frame.FrameCodec;
import io.gossip.messaging.frame.PeerId;
import io.gossip.messaging.frame.Role;
import io.gossip.transport.HostPort;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.buffer.Buffer;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A proxy at work: passes frames on between those connected here. It keeps nothing: who sent a message sends it again. */
final class ProxyVerticle extends VerticleBase implements Link.Owner, Door.Owner {
    private static final Logger LOG = System.getLogger(ProxyVerticle.class.getName());

    private final String addressPrefix;
    private final MessagingOptions options;
    private final Metering metering;
    private final ProxyCounters counters = new ProxyCounters();
    private final Map<HostPort, Link> links = new HashMap<>();
    private volatile @Nullable Running running;
    private @Nullable MessagingMeters meters;
    private @Nullable Map<PeerId, Connection> connected; // put together when first asked for; null after each change

    /** What exists from start to stop. */
    private record Running(Presence presence, HostPort address) {}

    ProxyVerticle(String addressPrefix, MessagingOptions options, Metering metering) {
        this.addressPrefix = addressPrefix;
        this.metering = metering;
        this.options = new MessagingOptions(options);
    }

    @Override
    public Future<?> start() {
        return ClusterView.follow(vertx, addressPrefix).compose(view -> {
            Presence presence = new Presence(vertx, addressPrefix, view, options, true, this);
            return presence.open()
                    .map(told -> begin(presence, told.address()))
                    .recover(failure ->
                            presence.close("the proxy did not start").transform(done -> Future.failedFuture(failure)));
        });
    }

    private Presence begin(Presence presence, HostPort address) {
        meters = metering.proxy(presence, counters);
        running = new Running(presence, address);
        presence.reach().opened(address, presence.self()); // other names of this proxy lead here as well
        presence.follow(this::follow);
        return presence;
    }

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
        links.values().forEach(link -> link.close("the proxy was closed"));
        links.clear();
        return stopped.presence.close("the proxy was closed");
    }

    String address() {
        Running now = running;
        return now == null ? "" : now.address.toString();
    }

    String nodeId() {
        Running now = running;
        return now == null ? "" : now.presence.self().nodeId();
    }

    ProxyStatistics statistics() {
        Running now = running;
        PeerDirectory peers = now == null ? PeerDirectory.EMPTY : now.presence.directory();
        long talking =
                peers.live().values().stream().filter(peer -> !peer.isProxy()).count();
        return new ProxyStatistics(
                (int) talking,
                counters.forwarded.sum(),
                counters.dropped.sum(),
                counters.connectionsCut.sum(),
                counters.mostWaitingBytes.get());
    }

    private void follow(ClusterPicture picture) {
        Running now = running;
        if (now != null) {
            now.presence
                    .door()
                    .retain(
                            now.presence.directory()::isLive,
                            "not known here any longer as a live member that takes messages");
            relink(now);
        }
    }

    private void relink(Running now) {
        connected = null;
        PeerDirectory directory = now.presence.directory();
        now.presence.reach().retain(directory::isNamed);
        Set<HostPort> wanted = Routes.ofProxy(now.address, directory.live().values(), now.presence.reach())
                .standing();
        links.entrySet().removeIf(entry -> {
            boolean unwanted = !wanted.contains(entry.getKey());
            if (unwanted) {
                entry.getValue().close("no longer needed");
            }
            return unwanted;
        });
        wanted.forEach(to -> links.computeIfAbsent(to, address -> now.presence.link(address, this))
                .want());
    }

    private void passOn(Connection from, Frame frame) {
        Running now = running;
        Frame.Hello brought = from.hello();
        if (now == null || brought == null || !now.presence.doorkeeper().mayName(from, speaker(frame))) {
            return;
        }
        PeerDirectory directory = now.presence.directory();
        Map<PeerId, Connection> others = connections(now);
        List<PeerId> next = ProxySwitch.next(
                frame,
                brought.peer(),
                role(directory, brought.peer(), from),
                others.keySet(),
                peer -> role(directory, peer, others.get(peer)));
        if (!next.isEmpty()) {
            Buffer bytes = FrameCodec.encode(passedOn(frame));
            for (PeerId peer : next) {
                if (fits(frame, directory.live().get(peer))) {
                    passOn(bytes, Objects.requireNonNull(others.get(peer)));
                } else {
                    counters.dropped.increment();
                }
            }
        }
    }

    // What is too large for one would end the connection with it, and take with it what is for others.
    private static boolean fits(Frame frame, @Nullable Peer to) {
        return !(frame instanceof Frame.Data data)
                || to == null
                || data.payload().length() <= to.maxPayloadBytes();
    }

    // Its sender keeps a message until it is confirmed, and a slow reader must not make the proxy keep it as well.
    private void passOn(Buffer bytes, Connection to) {
        long waiting = to.waitingBytes() + bytes.length();
        if (waiting > bytes.length() && waiting > options.getMaxUnconfirmedBytes()) {
            counters.dropped.increment();
            counters.connectionsCut.increment();
            connected = null;
            to.close("too much waits here to be read");
        } else {
            counters.forwarded.increment();
            counters.mostWaitingBytes.accumulate(waiting);
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

    // Of two connections with another proxy, the one that this proxy made.
    private Map<PeerId, Connection> connections(Running now) {
        Map<PeerId, Connection> known = connected;
        if (known == null) {
            known = collect(now);
            connected = known;
        }
        return known;
    }

    private Map<PeerId, Connection> collect(Running now) {
        Map<PeerId, Connection> all = new HashMap<>(now.presence.door().visitors());
        for (Link link : links.values()) {
            Connection open = link.open();
            Frame.Hello hello = open == null ? null : open.hello();
            if (open != null && hello != null && !open.isClosed()) {
                all.put(hello.peer(), open);
            }
        }
        all.values().removeIf(Connection::isClosed);
        return all;
    }

    // What it is follows from the cluster, not from what it says; only whether it subscribes is its own to say.
    private static Role role(PeerDirectory directory, PeerId peer, @Nullable Connection connection) {
        Peer known = directory.live().get(peer);
        if (known != null && known.isProxy()) {
            return Role.PROXY;
        }
        Frame.Hello hello = connection == null ? null : connection.hello();
        return hello != null && hello.role() == Role.SUBSCRIBER ? Role.SUBSCRIBER : Role.MEMBER;
    }

    @Override
    public @Nullable String objection(Link link, Connection connection, Frame.Hello hello) {
        Running now = running;
        if (now != null && hello.peer().equals(now.presence.self())) {
            now.presence.reach().answered(link.address(), hello.peer());
            relink(now);
        }
        return objection(connection, hello);
    }

    @Override
    public @Nullable String objection(Connection connection, Frame.Hello hello) {
        Running now = running;
        return now == null ? "the proxy is closed" : now.presence.objection(connection, hello);
    }

    @Override
    public void opened(Link link, Connection connection) {
        Running now = running;
        Frame.Hello hello = connection.hello();
        if (now != null && hello != null) {
            now.presence.reach().opened(link.address(), hello.peer());
            relink(now);
        }
    }

    @Override
    public void failed(Link link, String reason) {
        Running now = running;
        if (now != null) {
            connected = null;
            LOG.log(Level.DEBUG, () -> "proxy's connection with " + link.address() + ": " + reason);
            if (now.presence.reach().failed(link.address())) {
                relink(now);
            }
        }
    }

    @Override
    public void received(Link link, Connection connection, Frame frame) {
        passOn(connection, frame);
    }

    @Override
    public void entered(Connection connection) {
        connected = null;
    }

    @Override
    public void received(Connection connection, Frame frame) {
        passOn(connection, frame);
    }

    @Override
    public void left(Connection connection) {
        connected = null;
    }

    @Override
    public void writable(Link link) {}
}

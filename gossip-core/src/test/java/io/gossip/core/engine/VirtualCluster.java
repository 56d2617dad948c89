/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Several engines in one thread under virtual time: real datagrams, one millisecond on the way, faults by a predicate. */
final class VirtualCluster {
    static final Duration INTERVAL = Duration.ofMillis(100);
    private static final long LATENCY_NANOS = 1_000_000;

    private record Due(long atNanos, long order, Runnable what) {}

    /** One member: its engine, its address, and everything it reported. */
    final class Node {
        final Gossiper engine;
        final GossipAddress address;
        final List<ClusterEvent> events = new ArrayList<>();
        final List<Effect> effects = new ArrayList<>();
        boolean running = true;

        private Node(Gossiper engine, GossipAddress address) {
            this.engine = engine;
            this.address = address;
        }

        NodeIdentity identity() {
            return engine.config().self();
        }

        <T> T with(Function<ClusterAccess, T> function) {
            Step<T> step = engine.withState(function, nowNanos);
            perform(this, step.effects());
            if (step.failure() != null) {
                throw step.failure();
            }
            return Objects.requireNonNull(step.value());
        }

        void handle(Input input) {
            perform(this, engine.handle(input, nowNanos));
        }

        void reconfigure(UnaryOperator<GossipConfig.Builder> change) {
            handle(new Input.Reconfigured(
                    change.apply(engine.config().toBuilder()).build()));
        }

        ClusterSnapshot snapshot() {
            return with(ClusterAccess::snapshot);
        }

        List<String> live() {
            return with(ClusterAccess::liveNodes).stream()
                    .map(NodeIdentity::nodeId)
                    .toList();
        }

        @Nullable
        String valueOf(Node owner, String key) {
            return with(a -> a.getVersioned(owner.identity(), key))
                    .filter(v -> !v.isDeleted())
                    .map(v -> v.value())
                    .orElse(null);
        }

        void stop() {
            running = false;
        }
    }

    /** Someone with an address who writes what it likes and keeps what it gets. */
    final class Outsider {
        final GossipAddress address;
        final List<byte[]> inbox = new ArrayList<>();
        private final MessageCodec codec = new MessageCodec(1 << 24, new IdentityTable());

        private Outsider(GossipAddress address) {
            this.address = address;
        }

        NodeIdentity identity(String id, long generation) {
            return new NodeIdentity(id, generation, address);
        }

        void syn(Node to, NodeDigest... digest) {
            send(to, new Message.Syn(Digest.of(List.of(digest)), "test"));
        }

        void ack(Node to, NodeDelta... deltas) {
            send(to, new Message.Ack(new Delta(List.of(deltas))));
        }

        void send(Node to, Message message) {
            raw(to, codec.encode(new Envelope(ProtocolVersion.V0, message)));
        }

        void raw(Node to, byte[] datagram) {
            deliver(address, to.address, datagram);
            run(Duration.ofMillis(2));
        }

        /** The last message received of a type. */
        <T extends Message> T last(Class<T> type) {
            for (int i = inbox.size() - 1; i >= 0; i--) {
                if (codec.decode(inbox.get(i)) instanceof Envelope envelope && type.isInstance(envelope.message())) {
                    return type.cast(envelope.message());
                }
            }
            throw new AssertionError("no " + type.getSimpleName() + " among " + inbox.size() + " datagrams");
        }
    }

    Outsider outsider(int port) {
        return outsiders.computeIfAbsent(address(port), Outsider::new);
    }

    /** An outsider that spoke for itself until it was live at a node. */
    Outsider liveOutsider(Node node, int port, String id) {
        Outsider peer = outsider(port);
        for (int heartbeat = 1; heartbeat <= 3; heartbeat++) {
            peer.syn(node, entry(peer.identity(id, 1), heartbeat));
        }
        run(INTERVAL);
        if (!node.live().contains(id)) {
            throw new AssertionError(id + " is not live at " + node.identity());
        }
        return peer;
    }

    static NodeDigest entry(NodeIdentity identity, long heartbeat) {
        return new NodeDigest(identity, heartbeat, 0, 0);
    }

    private final Map<GossipAddress, Outsider> outsiders = new LinkedHashMap<>();
    private final PriorityQueue<Due> agenda = new PriorityQueue<>(
            (a, b) -> a.atNanos != b.atNanos ? Long.compare(a.atNanos, b.atNanos) : Long.compare(a.order, b.order));
    private final Map<GossipAddress, Node> nodes = new LinkedHashMap<>();
    private final RandomGenerator random;
    private BiPredicate<GossipAddress, GossipAddress> passes = (from, to) -> true;
    private long order;
    /** Who knows nothing of V1 and drops it. */
    final Set<GossipAddress> readOnlyV0 = new java.util.HashSet<>();

    long nowNanos = 1_000_000_000L;

    VirtualCluster(long randomSeed) {
        this.random = new Random(randomSeed);
    }

    static GossipAddress address(int port) {
        return GossipAddress.parse("127.0.0.1:" + port);
    }

    Node start(String id, int port, Integer... seedPorts) {
        return start(id, 1, port, Map.of(), b -> b, seedPorts);
    }

    Node start(
            String id,
            long generation,
            int port,
            Map<String, String> keys,
            UnaryOperator<GossipConfig.Builder> settings,
            Integer... seedPorts) {
        GossipConfig.Builder builder = GossipConfig.builder(new NodeIdentity(id, generation, address(port)), "test")
                .gossipInterval(INTERVAL)
                .detector(new DetectorSettings(8.0, 1000, Duration.ofSeconds(10), INTERVAL));
        Gossiper engine = new Gossiper(settings.apply(builder).build(), keys, new Random(random.nextLong()), nowNanos);
        Node node = new Node(engine, address(port));
        nodes.put(node.address, node);
        Set<GossipAddress> seeds = new java.util.HashSet<>();
        for (int seedPort : seedPorts) {
            seeds.add(address(seedPort));
        }
        node.handle(new Input.SeedNodesResolved(seeds));
        node.handle(new Input.LiveNodesWatched());
        scheduleRound(node, 0);
        return node;
    }

    private void scheduleRound(Node node, long inNanos) {
        later(inNanos, () -> {
            if (node.running) {
                node.handle(new Input.RoundDue());
                scheduleRound(node, node.engine.config().gossipInterval().toNanos());
            }
        });
    }

    void later(long inNanos, Runnable what) {
        agenda.add(new Due(nowNanos + inNanos, order++, what));
    }

    private void perform(Node node, List<Effect> effects) {
        for (Effect effect : effects) {
            node.effects.add(effect);
            if (effect instanceof Effect.Send send) {
                deliver(node.address, send.target(), send.datagram());
            } else if (effect instanceof Effect.Changed changed) {
                node.events.add(changed.event());
            }
        }
    }

    /** Puts a datagram on the wire. */
    void deliver(GossipAddress from, GossipAddress to, byte[] datagram) {
        boolean unreadable = readOnlyV0.contains(to) && datagram.length > 2 && datagram[2] != ProtocolVersion.V0.code();
        if (passes.test(from, to) && !unreadable) {
            later(LATENCY_NANOS, () -> {
                Node receiver = nodes.get(to);
                Outsider outsider = outsiders.get(to);
                if (receiver != null && receiver.running) {
                    receiver.handle(new Input.Received(datagram, from));
                } else if (outsider != null) {
                    outsider.inbox.add(datagram);
                }
            });
        }
    }

    /** Decides from now on which datagrams arrive. */
    void links(BiPredicate<GossipAddress, GossipAddress> passing) {
        passes = passing;
    }

    void lose(double share) {
        passes = (from, to) -> random.nextDouble() >= share;
    }

    void run(Duration duration) {
        long end = nowNanos + duration.toNanos();
        while (!agenda.isEmpty() && agenda.peek().atNanos <= end) {
            Due due = agenda.poll();
            nowNanos = due.atNanos;
            due.what.run();
        }
        nowNanos = end;
    }

    /** Runs until a condition holds, checked every 10 ms; fails after {@code most}. */
    Duration runUntil(BooleanSupplier condition, Duration most) {
        long start = nowNanos;
        while (!condition.getAsBoolean()) {
            if (nowNanos - start > most.toNanos()) {
                throw new AssertionError("condition not met within " + most);
            }
            run(Duration.ofMillis(10));
        }
        return Duration.ofNanos(nowNanos - start);
    }
}

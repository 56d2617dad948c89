/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.engine.Effect;
import io.gossip.core.engine.GossipConfig;
import io.gossip.core.engine.Gossiper;
import io.gossip.core.engine.Input;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The engines of a whole cluster in one thread, without socket and kernel: what is left of a cluster in one process when
 * only the protocol counts. Mostly a matter of the processor's caches, as each member keeps something of each other.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class EnginesBenchmark {
    private static final long INTERVAL_NANOS = 100_000_000;
    private static final int FIRST_PORT = 20_000;

    /** Members, each with an engine. */
    @Param({"10", "100"})
    public int members;

    /** Protocol version of all. */
    @Param({"V0", "V1"})
    public ProtocolVersion version = ProtocolVersion.V0;

    private final Queue<Delivery> underWay = new ArrayDeque<>();
    private final Map<GossipAddress, Gossiper> byAddress = new HashMap<>();
    private List<NodeIdentity> identities;
    private long nowNanos;

    private record Delivery(byte[] datagram, GossipAddress source, GossipAddress target) {}

    /** Lets the members meet, and fills a part of their windows. */
    @Setup
    public void setUp() {
        identities = IntStream.range(0, members)
                .mapToObj(i -> new NodeIdentity(
                        "node-%04d".formatted(i),
                        1_700_000_000_000L + i,
                        GossipAddress.parse("127.0.0.1:" + (FIRST_PORT + i))))
                .toList();
        for (NodeIdentity identity : identities) {
            Gossiper engine = new Gossiper(
                    config(identity), Map.of("service", "bench"), new SplittableRandom(identity.generation()), 0);
            byAddress.put(identity.gossipAddress(), engine);
            engine.handle(new Input.SeedNodesResolved(Set.of(identities.get(0).gossipAddress())), 0);
        }
        for (int i = 0; i < 100; i++) {
            roundOfAll();
        }
    }

    private GossipConfig config(NodeIdentity identity) {
        return GossipConfig.builder(identity, KnownCluster.CLUSTER_ID)
                .protocolVersion(version)
                .gossipInterval(Duration.ofNanos(INTERVAL_NANOS))
                .replyLimitBytes(0)
                .build();
    }

    /** One round of each member in turn, and all that comes of it; returns the number of datagrams. */
    @Benchmark
    public int roundOfAll() {
        int datagrams = 0;
        for (NodeIdentity identity : identities) {
            nowNanos += INTERVAL_NANOS / members;
            GossipAddress address = identity.gossipAddress();
            send(engine(address).handle(new Input.RoundDue(), nowNanos), address);
            for (Delivery next = underWay.poll(); next != null; next = underWay.poll()) {
                datagrams++;
                Input input = new Input.Received(next.datagram(), next.source());
                send(engine(next.target()).handle(input, nowNanos), next.target());
            }
        }
        return datagrams;
    }

    private Gossiper engine(GossipAddress address) {
        return Objects.requireNonNull(byAddress.get(address));
    }

    private void send(List<Effect> effects, GossipAddress source) {
        for (Effect effect : effects) {
            if (effect instanceof Effect.Send send) {
                underWay.add(new Delivery(send.datagram(), source, send.target()));
            }
        }
    }
}

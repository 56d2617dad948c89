/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.selection.PeerSelection;
import io.gossip.core.selection.PeerSelector;
import io.gossip.core.selection.Peers;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
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

/** Whom to gossip with. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeerSelectionBenchmark {
    private static final int FANOUT = 3;

    /** Members to choose from. */
    @Param({"10", "100", "1000", "10000"})
    public int members;

    private final Random random = new Random(42);
    private final PeerSelector selector = new PeerSelector();
    private Peers peers;

    /** One member in ten is dead. */
    @Setup
    public void setUp() {
        List<GossipAddress> known = new ArrayList<>();
        List<GossipAddress> live = new ArrayList<>();
        List<GossipAddress> dead = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            GossipAddress address = KnownCluster.identity(i).gossipAddress();
            known.add(address);
            (i % 10 == 0 ? dead : live).add(address);
        }
        peers = new Peers(known, live, dead, List.of(KnownCluster.SEED_NODE));
    }

    /** One choice. */
    @Benchmark
    public PeerSelection select() {
        return selector.select(peers, FANOUT, random);
    }
}

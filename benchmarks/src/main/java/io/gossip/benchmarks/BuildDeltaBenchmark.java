/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.engine.Effect;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.util.List;
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

/** Answer a peer that lacks a few keys of a state with many: the cost must follow the few, not the many. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BuildDeltaBenchmark {
    /** Keys in the state. */
    @Param({"1000", "100000"})
    public int keys;

    /** Keys that the peer lacks. */
    @Param({"1", "1000"})
    public int stale;

    private KnownCluster cluster;
    private byte[] syn;

    /** Fills the state. */
    @Setup
    public void setUp() {
        cluster = new KnownCluster(1, keys, ProtocolVersion.V0);
        NodeDigest behind = new NodeDigest(KnownCluster.identity(0), 1, 0, keys - stale);
        syn = new MessageCodec(1 << 24, new IdentityTable())
                .encode(new Envelope(
                        ProtocolVersion.V0, new Message.Syn(Digest.of(List.of(behind)), KnownCluster.CLUSTER_ID)));
    }

    /** The whole answer, delta included. */
    @Benchmark
    public List<Effect> answer() {
        return cluster.answer(syn);
    }
}

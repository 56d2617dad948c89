/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.engine.Effect;
import io.gossip.core.wire.ProtocolVersion;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
    private static final int HEADER_BYTES = 4;

    /** Members known; of 10,000 a digest names as many as a datagram holds. */
    @Param({"1", "100", "10000"})
    public int members = 1;

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
        cluster = new KnownCluster(members, keys, ProtocolVersion.V0);
        syn = cluster.synOfTheSameDigest();
        int ownEntry = HEADER_BYTES + Short.BYTES; // the engine's own identity comes first
        int maxVersionAt = ownEntry + KnownCluster.identity(0).wireLength() + 2 * Long.BYTES;
        ByteBuffer.wrap(syn).order(ByteOrder.LITTLE_ENDIAN).putLong(maxVersionAt, keys - stale);
    }

    /** The whole answer, delta included. */
    @Benchmark
    public List<Effect> answer() {
        return cluster.answer(syn);
    }
}

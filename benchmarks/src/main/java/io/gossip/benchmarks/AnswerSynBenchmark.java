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

/** Decode a SYN of members we know and answer it: the work a node does most often. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class AnswerSynBenchmark {
    private static final int HEADER_BYTES = 4;

    /** Members known to both sides; of 10,000 both name as many as a datagram holds. */
    @Param({"10", "100", "1000", "10000"})
    public int members;

    /** Protocol version of the exchange. */
    @Param({"V0", "V1"})
    public ProtocolVersion version = ProtocolVersion.V0;

    private KnownCluster cluster;
    private byte[] syn;
    private long beats;

    /** Makes the engine know its members. */
    @Setup
    public void setUp() {
        cluster = new KnownCluster(members, 2_000, version);
        syn = cluster.synOfTheSameDigest();
    }

    /** Nothing is new: the same SYN again and again. */
    @Benchmark
    public List<Effect> nothingNew() {
        return cluster.answer(syn);
    }

    /**
     * Every heartbeat is fresh, so that the failure detector works. In version 1 the digest would have to be compressed
     * anew for each SYN, which is the sender's work and not measured here, so the SYN stays as it is there.
     */
    @Benchmark
    public List<Effect> freshHeartbeats() {
        if (version == ProtocolVersion.V0) {
            raiseHeartbeats();
        }
        return cluster.answer(syn);
    }

    private void raiseHeartbeats() {
        beats++;
        ByteBuffer bytes = ByteBuffer.wrap(syn).order(ByteOrder.LITTLE_ENDIAN);
        int count = bytes.getShort(HEADER_BYTES) & 0xffff;
        int at = HEADER_BYTES + Short.BYTES;
        for (int i = 0; i < count; i++) {
            int heartbeatAt = at + Short.BYTES + (bytes.getShort(at) & 0xffff) + Long.BYTES + 1 + 4 + Short.BYTES;
            if (i > 0) { // the first entry is the engine's own, and nobody else may raise that
                bytes.putLong(heartbeatAt, 1_000 + beats);
            }
            at = heartbeatAt + 3 * Long.BYTES;
        }
    }
}

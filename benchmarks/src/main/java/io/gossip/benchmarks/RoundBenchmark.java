/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.engine.Effect;
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

/** A whole round: choose peers, judge every member, collect what is old, write the SYN. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RoundBenchmark {
    /** Members known; 10,000 are more than a datagram holds. */
    @Param({"10", "100", "1000", "10000"})
    public int members;

    private KnownCluster cluster;

    /** Makes the engine know its members. */
    @Setup
    public void setUp() {
        cluster = new KnownCluster(members, 10, ProtocolVersion.V0);
    }

    /** One round. */
    @Benchmark
    public List<Effect> round() {
        return cluster.round();
    }
}

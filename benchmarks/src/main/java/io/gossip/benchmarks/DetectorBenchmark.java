/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.detection.PhiAccrualDetector;
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

/** The failure detectors of all members, asked one after the other: mostly a matter of the processor's caches. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DetectorBenchmark {
    private static final long INTERVAL_NANOS = 100_000_000;

    /** Members watched. */
    @Param({"10", "100", "1000", "10000"})
    public int members;

    private PhiAccrualDetector detector;
    private long nowNanos;

    /** Fills the windows of all members. */
    @Setup
    public void setUp() {
        detector = new PhiAccrualDetector(DetectorSettings.DEFAULT);
        for (int member = 0; member < members; member++) {
            detector.begin(member);
        }
        for (int beat = 0; beat < 1_001; beat++) {
            heartbeats();
        }
    }

    /** One sign of life of each. */
    @Benchmark
    public void heartbeats() {
        nowNanos += INTERVAL_NANOS;
        for (int member = 0; member < members; member++) {
            detector.signOfLife(member, nowNanos);
        }
    }

    /** Who is live? */
    @Benchmark
    public int judge() {
        int live = 0;
        for (int member = 0; member < members; member++) {
            live += detector.isLive(member, nowNanos) ? 1 : 0;
        }
        return live;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Holds the place until the first real benchmark; measures the cost of doing nothing. */
@State(Scope.Thread)
public class PlaceholderBenchmark {
    private String text;

    /** Makes the input. */
    @Setup
    public void makeText() {
        text = "gossip";
    }

    /**
     * Reads a field.
     *
     * @return what was read, so that it is not optimised away
     */
    @Benchmark
    public int readsAField() {
        return text.length();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.state.AppliedDelta;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
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

/** Apply a node delta to a state of many keys: the cost must follow the delta. Making the delta's values is included. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ApplyDeltaBenchmark {
    /** Keys in the state. */
    @Param({"1000", "100000"})
    public int keys;

    /** Keys that the delta overwrites. */
    @Param({"1", "500"})
    public int changed;

    private NodeState node;
    private List<String> names;
    private int next;

    /** Fills the state. */
    @Setup
    public void setUp() {
        node = new NodeState(KnownCluster.identity(1));
        names = new ArrayList<>();
        for (int i = 0; i < keys; i++) {
            names.add("a-key-of-20-b-%06d".formatted(i));
            node.set(names.get(i), "first", 0);
        }
    }

    /** The next keys in turn get new values. */
    @Benchmark
    public AppliedDelta apply() {
        long from = node.maxVersion();
        List<KeyMutation> mutations = new ArrayList<>(changed);
        for (int i = 1; i <= changed; i++) {
            next = next + 1 == keys ? 0 : next + 1;
            mutations.add(new KeyMutation(names.get(next), "value", from + i, EntryStatus.SET));
        }
        return node.apply(new NodeDelta(node.identity(), 0, from, mutations, from + changed), 0);
    }
}

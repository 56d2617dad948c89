/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/** One node's gossip protocol (placeholder of the API; the engine itself is being written). */
public final class Gossiper {
    /**
     * A node that knows only itself.
     *
     * @param config how it takes part
     * @param initialKeyValues its first keys, versions 1, 2, 3 … in iteration order
     * @param random the only source of randomness
     * @param nowNanos monotonic time, ns, of any origin
     * @throws RefusedWriteException if an initial key must not be accepted
     */
    public Gossiper(GossipConfig config, Map<String, String> initialKeyValues, RandomGenerator random, long nowNanos) {}

    /**
     * Handles one input.
     *
     * @param input what happened
     * @param nowNanos monotonic time, ns, not earlier than in the previous call
     * @return what the shell must do, in this order
     */
    public List<Effect> handle(Input input, long nowNanos) {
        throw new AssertionError("not here yet");
    }

    /**
     * Runs a function with the state.
     *
     * @param function gets access for the time of the call; what it throws is returned in the step
     * @param nowNanos monotonic time, ns
     * @param <T> what it returns
     * @return its result and what the shell must do
     */
    public <T> Step<T> withState(Function<? super ClusterAccess, ? extends T> function, long nowNanos) {
        throw new AssertionError("not here yet");
    }
}

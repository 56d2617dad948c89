/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.wire.ProtocolVersion;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Prints the bytes of heap that a key (20 bytes, value 100 bytes) and a known member cost. Run with a fixed -Xmx. */
public final class HeapPerKey {
    private static final int KEYS = 200_000;
    private static final int MEMBERS = 5_000;

    private HeapPerKey() {}

    /**
     * Measures and prints two lines.
     *
     * @param args none
     */
    public static void main(String[] args) {
        long before = usedHeap();
        Object state = keys();
        System.out.printf("heap per key: %.1f bytes%n", (usedHeap() - before) / (double) KEYS);
        Reference.reachabilityFence(state);
        state = null;

        before = usedHeap();
        Object cluster = new KnownCluster(MEMBERS, 0, ProtocolVersion.V0);
        System.out.printf(
                "heap per known member with five keys of 20 bytes: %.1f bytes%n",
                (usedHeap() - before) / (double) MEMBERS);
        Reference.reachabilityFence(cluster);
    }

    private static Object keys() {
        var node = new io.gossip.core.state.NodeState(KnownCluster.identity(1));
        Random random = new Random(7);
        for (int i = 0; i < KEYS; i++) {
            node.set("a-key-of-20-b-%06d".formatted(i), KnownCluster.text(random, 100), 0);
        }
        return node;
    }

    private static long usedHeap() {
        Runtime runtime = Runtime.getRuntime();
        List<Long> readings = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            System.gc();
            readings.add(runtime.totalMemory() - runtime.freeMemory());
        }
        return readings.stream().mapToLong(Long::longValue).min().orElseThrow();
    }
}

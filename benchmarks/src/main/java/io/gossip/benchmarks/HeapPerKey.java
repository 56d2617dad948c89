/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks;

import io.gossip.core.state.NodeState;
import io.gossip.core.state.SharedInstances;
import io.gossip.core.wire.ProtocolVersion;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Prints the bytes of heap that a key (20 bytes, value 100 bytes) and a known member cost. Run with a fixed -Xmx. */
public final class HeapPerKey {
    private static final int KEYS = 200_000;
    private static final int MEMBERS = 5_000;
    private static final int NODES = 20;
    private static final int WINDOW = 1_000;

    private HeapPerKey() {}

    /**
     * Measures and prints a line each.
     *
     * @param args none
     */
    public static void main(String[] args) {
        report("key", KEYS, HeapPerKey::keys);
        report("known member with five keys of 20 bytes", MEMBERS, () -> cluster(MEMBERS, null));
        report("the same after 1,000 heartbeats", MEMBERS, () -> {
            KnownCluster cluster = cluster(MEMBERS, null);
            for (int beat = 1; beat <= WINDOW + 1; beat++) {
                cluster.hearAll(beat);
            }
            return cluster;
        });
        report("known member and node, 20 nodes in one JVM that share instances", NODES * MEMBERS / 5, () -> {
            SharedInstances shared = new SharedInstances(1 << 15);
            List<KnownCluster> nodes = new ArrayList<>();
            for (int node = 0; node < NODES; node++) {
                nodes.add(cluster(MEMBERS / 5, shared));
            }
            return nodes;
        });
    }

    private static KnownCluster cluster(int members, @Nullable SharedInstances shared) {
        return new KnownCluster(members, 0, ProtocolVersion.V0, shared);
    }

    private static void report(String what, int count, Supplier<Object> maker) {
        long before = usedHeap();
        Object made = maker.get();
        try {
            System.out.printf("heap per %s: %.1f bytes%n", what, (usedHeap() - before) / (double) count);
        } finally {
            Reference.reachabilityFence(made);
        }
    }

    private static Object keys() {
        var node = new NodeState(KnownCluster.identity(1));
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

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static io.gossip.core.state.StateSamples.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.state.ClusterState;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.StateSamples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A delta is the longest prefix, of all there is to tell, that fits the budget. */
class BudgetTest {
    private final ClusterState cluster = new ClusterState();
    private final DeltaBuilder builder = new DeltaBuilder();

    private Delta build(Digest peer, ByteBudget budget) {
        return builder.build(cluster, peer, budget, new TestPolicy(), new Random(1));
    }

    @Test
    @DisplayName("T15 every budget is used up: the most stale node's values with its tombstone, then the next node")
    void mostStaleNodeThenTheNext() {
        assertEveryBudgetIsUsedUp();
    }

    @Test
    @DisplayName("T16 every budget is used up when the peer knows part of both nodes")
    void everyBudgetFromPartlyKnownNodes() {
        filled(cluster.create(identity("node3")), 0, 9, set("k", "v", 9));
        assertEveryBudgetIsUsedUp();
    }

    private void assertEveryBudgetIsUsedUp() {
        NodeState node1 = cluster.create(identity("node1"));
        node1.set("key_a", "1", 0);
        node1.set("key_b", "2", 0);
        NodeState node2 = cluster.create(identity("node2"));
        node2.set("key_a", "1", 0);
        node2.set("key_b", "2", 0);
        node2.set("key_c", "3", 0);
        node2.set("key_d", "4", 0);
        node2.delete("key_c", 0);
        Digest peer = Digest.of(List.of(
                new NodeDigest(identity("node1"), 0, 0, 1),
                new NodeDigest(identity("node2"), 0, 0, 2),
                new NodeDigest(identity("node3"), 0, 0, 9)));
        Delta whole = build(peer, CountingBudget.unlimited());
        assertThat(whole.nodeDeltas())
                .containsExactly(
                        StateSamples.delta("node2", 0, 2, set("key_d", "4", 4), tombstone("key_c", 5)),
                        StateSamples.delta("node1", 0, 1, set("key_b", "2", 2)));
        assertLongestPrefixes(peer, whole);
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void everyBudgetIsUsedUpForAnyState(long randomSeed) {
        Random random = new Random(randomSeed);
        for (int i = 0; i < 6; i++) {
            NodeState node = cluster.create(identity("node" + i));
            for (int writes = random.nextInt(8); writes > 0; writes--) {
                String key = "k" + random.nextInt(4);
                if (random.nextInt(3) == 0) {
                    node.delete(key, 0);
                } else {
                    node.set(key, "x".repeat(random.nextInt(30)), 0);
                }
            }
            if (random.nextInt(4) == 0) {
                node.gcKeysMarkedForDeletion(0, 0);
            }
        }
        Digest.Builder peer = new Digest.Builder(6);
        for (NodeState node : cluster.inOrder()) {
            peer.add(node.identity(), 0, 0, random.nextInt(4));
        }
        Digest digest = peer.build();
        assertLongestPrefixes(digest, build(digest, CountingBudget.unlimited()));
    }

    private void assertLongestPrefixes(Digest peer, Delta whole) {
        List<Delta> prefixes = prefixes(whole);
        int full = CountingBudget.encoded(whole);
        // No entry is ever too large alone here, so the rule of W9 does not interfere.
        for (int budget = 100; budget <= full + 10; budget++) {
            Delta longest = Delta.EMPTY;
            for (Delta prefix : prefixes) {
                longest = CountingBudget.encoded(prefix) <= budget ? prefix : longest;
            }
            assertThat(build(peer, new CountingBudget(budget)))
                    .as("budget %d", budget)
                    .isEqualTo(longest);
        }
    }

    /** All cuts of a delta behind an entry, shortest first. */
    private static List<Delta> prefixes(Delta whole) {
        List<Delta> prefixes = new ArrayList<>();
        List<NodeDelta> complete = new ArrayList<>();
        for (NodeDelta nodeDelta : whole.nodeDeltas()) {
            for (int n = 1; n < nodeDelta.mutations().size(); n++) {
                List<KeyMutation> first = nodeDelta.mutations().subList(0, n);
                prefixes.add(plus(
                        complete,
                        new NodeDelta(
                                nodeDelta.identity(),
                                nodeDelta.lastGcVersion(),
                                nodeDelta.fromVersionExcluded(),
                                first,
                                first.get(n - 1).version())));
            }
            complete.add(nodeDelta);
            prefixes.add(new Delta(complete));
        }
        return prefixes;
    }

    private static Delta plus(List<NodeDelta> complete, NodeDelta next) {
        List<NodeDelta> all = new ArrayList<>(complete);
        all.add(next);
        return new Delta(all);
    }
}

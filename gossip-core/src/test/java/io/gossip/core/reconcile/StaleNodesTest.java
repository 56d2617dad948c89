/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeState;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Who is a candidate for a delta, and how urgent. */
class StaleNodesTest {
    private final StaleNodes staleNodes = new StaleNodes();

    private boolean offer(NodeState node, long fromVersion) {
        return staleNodes.offer(node, fromVersion, false, new Random(1));
    }

    /** A node with keys at versions 1 to {@code max}; the greatest version is on the least key. */
    private static NodeState withKeys(String nodeId, int max) {
        return filled(
                new NodeState(identity(nodeId)),
                0,
                max,
                IntStream.rangeClosed(1, max)
                        .mapToObj(version -> set("key" + (9 - version), "v", version))
                        .toArray(KeyMutation[]::new));
    }

    @Test
    @DisplayName("T1 stale key-values come in version order, those above the floor only")
    void staleKeyValuesInVersionOrder() {
        NodeState empty = new NodeState(identity("empty"));
        assertThat(stale(empty, 0).staleKeyValues()).isEmpty();
        assertThat(stale(withKeys("node", 3), 1).staleKeyValues())
                .extracting(KeyMutation::version)
                .containsExactly(2L, 3L);
    }

    private static StaleNode stale(NodeState node, long from) {
        return new StaleNode(node, from, Staleness.of(node, from), false, 0);
    }

    @Test
    @DisplayName("T2 nothing offered, nothing found")
    void nothingOffered() {
        assertThat(staleNodes.inOrder()).isEmpty();
    }

    @Test
    @DisplayName("T3 at floor 0 a node with a max version is unknown, with or without values")
    void offeredAtFloorZero() {
        assertThat(offer(filled(new NodeState(identity("none")), 0, 2), 0)).isTrue();
        assertThat(offer(withKeys("one", 1), 0)).isTrue();
        assertThat(offer(withKeys("two", 2), 0)).isTrue();
        assertThat(staleNodes.inOrder())
                .extracting(StaleNode::staleness)
                .containsExactly(new Staleness(true, 1, 0), new Staleness(true, 2, 0), new Staleness(true, 2, 0));
    }

    @Test
    @DisplayName("T4 at floor 1 only a node with something above it is kept, and is not unknown")
    void offeredAtFloorOne() {
        assertThat(offer(new NodeState(identity("none")), 1)).isFalse();
        assertThat(offer(withKeys("one", 1), 1)).isFalse();
        assertThat(offer(withKeys("three", 3), 1)).isTrue();
        assertThat(staleNodes.inOrder()).extracting(StaleNode::staleness).containsExactly(new Staleness(false, 3, 2));
    }

    @Test
    @DisplayName("T5 unknown nodes first, then the most stale; nodes with nothing newer not at all")
    void mostUrgentFirst() {
        offer(withKeys("one stale", 3), 2);
        offer(new NodeState(identity("empty")), 0);
        offer(withKeys("unknown", 2), 0);
        offer(withKeys("three stale", 4), 1);
        offer(withKeys("floor above", 2), 5);
        offer(withKeys("two stale", 3), 1);
        assertThat(staleNodes.inOrder())
                .extracting(it -> it.node().identity().nodeId())
                .containsExactly("unknown", "three stale", "two stale", "one stale");
    }
}

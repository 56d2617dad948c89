/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static io.gossip.core.state.StateSamples.tombstone;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.reconcile.DeltaPolicy.Standing;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import io.gossip.core.state.StateSamples;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a delta holds, in which order (semantics §5). */
class DeltaBuilderTest {
    private final ClusterState cluster = new ClusterState();
    private final TestPolicy policy = new TestPolicy();
    private final DeltaBuilder builder = new DeltaBuilder();
    private final Random random = new Random(1);

    private NodeState node(String nodeId, long gc, long max, KeyMutation... entries) {
        return filled(cluster.create(identity(nodeId)), gc, max, entries);
    }

    private NodeState withKeys(String nodeId, int keys) {
        KeyMutation[] entries = IntStream.rangeClosed(1, keys)
                .mapToObj(version -> set("key" + version, "v" + version, version))
                .toArray(KeyMutation[]::new);
        return node(nodeId, 0, keys, entries);
    }

    private static NodeDigest known(String nodeId, long gc, long max) {
        return new NodeDigest(identity(nodeId), 1, gc, max);
    }

    private Delta build(ByteBudget budget, NodeDigest... digest) {
        return builder.build(cluster, Digest.of(List.of(digest)), budget, policy, random);
    }

    private Delta build(NodeDigest... digest) {
        return build(CountingBudget.unlimited(), digest);
    }

    private static List<String> nodeIds(Delta delta) {
        return delta.nodeDeltas().stream().map(it -> it.identity().nodeId()).toList();
    }

    @ParameterizedTest(name = "our ({0}, {1}), digest ({2}, {3}): from {4}")
    @CsvSource({
        "0, 3, 0, 0, 0",
        "4, 5, 0, 0, 0",
        "4, 5, 0, 2, 0",
        "4, 5, 0, 4, 4",
        "4, 5, 4, 1, 1",
        "4, 5, 3, 3, 0",
        "4, 4, 4, 3, 3",
        "4, 5, 9, 5, nothing",
        "4, 5, 0, -1, nothing",
        "-2, -1, 1, 5, 0",
        "4, -1, 4, 5, 5",
    })
    void startsFromTheVersionOfTheTable(long gc, long max, long digestGc, long digestMax, String from) {
        KeyMutation[] entries = max == gc ? new KeyMutation[0] : new KeyMutation[] {set("k", "v", max)};
        node("n1", gc, max, entries);
        Delta delta = build(known("n1", digestGc, digestMax));
        if (from.equals("nothing")) {
            assertThat(delta).isSameAs(Delta.EMPTY);
        } else {
            assertThat(delta.nodeDeltas())
                    .containsExactly(new NodeDelta(identity("n1"), gc, Long.parseLong(from), List.of(entries), max));
        }
    }

    @Test
    @DisplayName("T17 a node missing from the digest comes first, from version 0, then the known one")
    void unknownFirst() {
        withKeys("node1", 3);
        withKeys("node2", 2);
        Delta delta = build(known("node1", 0, 1));
        assertThat(delta.nodeDeltas())
                .containsExactly(
                        StateSamples.delta("node2", 0, 0, set("key1", "v1", 1), set("key2", "v2", 2)),
                        StateSamples.delta("node1", 0, 1, set("key2", "v2", 2), set("key3", "v3", 3)));
    }

    @Test
    @DisplayName("T18 a node scheduled for deletion never appears")
    void excluded() {
        withKeys("node1", 2);
        withKeys("node2", 2);
        policy.standings.put("node1", Standing.EXCLUDED);
        assertThat(nodeIds(build())).containsExactly("node2");
    }

    @Test
    @DisplayName("T19 a deletion is sent as tombstone until it is collected, then as a reset with the live keys")
    void resetAfterCollection() {
        NodeState node = cluster.create(identity("node1"));
        node.set("key_a", "1", 0);
        node.set("key_b", "2", 0);
        NodeDigest peer = known("node1", 0, 1);
        assertThat(build(peer).nodeDeltas()).containsExactly(StateSamples.delta("node1", 0, 1, set("key_b", "2", 2)));
        node.delete("key_a", 0);
        assertThat(build(peer).nodeDeltas())
                .containsExactly(StateSamples.delta("node1", 0, 1, set("key_b", "2", 2), tombstone("key_a", 3)));
        node.set("key_c", "3", 0);
        node.gcKeysMarkedForDeletion(10, 10);
        assertThat(build(peer).nodeDeltas())
                .containsExactly(StateSamples.delta("node1", 3, 0, set("key_b", "2", 2), set("key_c", "3", 4)));
    }

    @Test
    void theMostStaleOfKnownNodesGoesFirstAndEqualsInRandomOrder() {
        int[] knownUpTo = {8, 4, 9, 1, 6};
        NodeDigest[] digest = new NodeDigest[6];
        for (int i = 0; i < 5; i++) {
            withKeys("n" + i, 9);
            digest[i] = known("n" + i, 0, knownUpTo[i]);
        }
        withKeys("self", 3);
        digest[5] = known("self", 0, 2);
        Set<List<String>> orders = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            orders.add(nodeIds(build(digest)));
        }
        assertThat(orders)
                .containsExactlyInAnyOrder(
                        List.of("n3", "n1", "n4", "n0", "self"), List.of("n3", "n1", "n4", "self", "n0"));
    }

    @Test
    void ofUnknownNodesThatWithTheLowestMaxVersionGoesFirst() {
        node("huge", 0, -1, set("k", "v", -1));
        withKeys("large", 5);
        withKeys("small", 1);
        node("reset", 2, 3, set("k", "v", 3));
        assertThat(nodeIds(build(known("reset", 0, 1)))).containsExactly("small", "reset", "large", "huge");
    }

    @Test
    @DisplayName("W27 nodes that are last keep their order behind all others")
    void lastBehindAllOthers() {
        withKeys("a", 1);
        withKeys("b", 2);
        withKeys("c", 3);
        withKeys("d", 4);
        policy.standings.put("a", Standing.LAST);
        policy.standings.put("d", Standing.LAST);
        assertThat(nodeIds(build(known("c", 0, 1), known("d", 0, 1)))).containsExactly("b", "c", "a", "d");
    }

    @Test
    @DisplayName("W15 of duplicates in a digest the last one counts, wherever it stands")
    void lastDuplicateCounts() {
        withKeys("a", 3);
        withKeys("b", 3);
        withKeys("c", 3);
        Delta delta =
                build(known("c", 0, 3), known("stranger", 0, 9), known("a", 0, 3), known("b", 0, 3), known("a", 0, 2));
        assertThat(delta.nodeDeltas()).containsExactly(StateSamples.delta("a", 0, 2, set("key3", "v3", 3)));
    }

    @Test
    @DisplayName("W6 of equal versions only one is sent: receivers refuse versions that do not rise")
    void equalVersions() {
        NodeState node = cluster.create(identity("n1"));
        node.apply(StateSamples.delta("n1", 0, 0, set("a", "", 2), set("b", "", 2), set("c", "", 3)), 0);
        assertThat(build().nodeDeltas())
                .containsExactly(StateSamples.delta("n1", 0, 0, set("a", "", 2), set("c", "", 3)));
    }

    @Test
    @DisplayName("W9 an entry that can never fit does not block other nodes, nor do its successors overtake it")
    void tooLargeAnEntry() {
        node("blocked", 0, 3, set("a", "v", 1), set("b", "x".repeat(300), 2), set("c", "v", 3));
        node("next", 0, 4, set("d", "v", 4));
        assertThat(build(new CountingBudget(200)).nodeDeltas())
                .containsExactly(
                        StateSamples.delta("blocked", 0, 0, set("a", "v", 1)),
                        StateSamples.delta("next", 0, 0, set("d", "v", 4)));
        assertThat(build(new CountingBudget(200), known("blocked", 0, 1)).nodeDeltas())
                .containsExactly(StateSamples.delta("next", 0, 0, set("d", "v", 4)));
    }

    @Test
    void whatFitsAnotherTimeEndsTheDelta() {
        node("a", 0, 2, set("k", "v", 1), set("l", "x".repeat(100), 2));
        node("b", 0, 3, set("m", "v", 3));
        assertThat(build(new CountingBudget(165)).nodeDeltas())
                .containsExactly(StateSamples.delta("a", 0, 0, set("k", "v", 1)));
    }

    @Test
    @DisplayName("W19 no node is named without anything behind it")
    void noBareNode() {
        withKeys("n1", 1);
        int nodeOp = CountingBudget.nodeOp(identity("n1"));
        for (int budget = 0; budget < CountingBudget.encoded(nodeOp + 14 + 6); budget++) {
            assertThat(build(new CountingBudget(budget))).isSameAs(Delta.EMPTY);
        }
        assertThat(build(new CountingBudget(CountingBudget.encoded(nodeOp + 14 + 6)))
                        .nodeDeltas())
                .hasSize(1);
    }

    @Test
    void withheldKeysAreLeftOutAndThePeerIsLedPastThem() {
        node("end", 0, 5, set("a", "", 3), set("hidden", "", 5));
        node("middle", 0, 6, set("a", "", 2), set("hidden", "", 4), set("b", "", 6));
        node("only", 0, 7, set("hidden", "", 7));
        policy.withheld.add("hidden");
        assertThat(build().nodeDeltas())
                .containsExactly(
                        new NodeDelta(identity("end"), 0, 0, List.of(set("a", "", 3)), 5),
                        StateSamples.delta("middle", 0, 0, set("a", "", 2), set("b", "", 6)),
                        StateSamples.delta("only", 0, 0, 7));
        assertThat(build(known("end", 0, 3), known("middle", 0, 6), known("only", 0, 1))
                        .nodeDeltas())
                .containsExactlyInAnyOrder(StateSamples.delta("end", 0, 3, 5), StateSamples.delta("only", 0, 1, 7));
    }

    @Test
    void aCutNodeIsNotLedPastItsWithheldKeys() {
        node("n1", 0, 3, set("a", "", 1), set("hidden", "", 2), set("b", "x".repeat(50), 3));
        policy.withheld.add("hidden");
        assertThat(build(new CountingBudget(100)).nodeDeltas())
                .containsExactly(StateSamples.delta("n1", 0, 0, set("a", "", 1)));
    }

    @Test
    void aBuilderMayServeSeveralClusterStates() {
        withKeys("a", 1);
        assertThat(nodeIds(build())).containsExactly("a");
        ClusterState larger = new ClusterState();
        for (String nodeId : List.of("a", "b", "c")) {
            filled(larger.create(identity(nodeId)), 0, 2, set("k", "v", 2));
        }
        Delta delta =
                builder.build(larger, Digest.of(List.of(known("c", 0, 2))), CountingBudget.unlimited(), policy, random);
        assertThat(nodeIds(delta)).containsExactlyInAnyOrder("a", "b");
        assertThat(nodeIds(build(known("a", 0, 1)))).isEmpty();
    }
}

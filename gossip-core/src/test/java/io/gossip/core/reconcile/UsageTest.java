/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.state.ClusterState;
import io.gossip.core.state.DeltaVerdict;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How state and reconciliation are used, from the first write to the other side's copy. */
class UsageTest {
    @Test
    void aStateIsWrittenReadAndCollected() {
        NodeState node = new NodeState(identity("node"));
        long now = 0;
        node.set("key", "value", now);
        assertThat(node.value("key")).contains("value");
        node.delete("key", now);
        assertThat(node.value("key")).isEmpty();
        Duration grace = Duration.ofSeconds(60);
        now += grace.toNanos();
        assertThat(node.gcKeysMarkedForDeletion(grace.toNanos(), now)).hasSize(1);
        assertThat(node.get("key")).isNull();
    }

    @Test
    void aDigestAsksAndADeltaAnswers() {
        ClusterState ours = new ClusterState();
        ours.create(identity("a")).set("service", "searcher", 0);
        ClusterState theirs = new ClusterState();
        NodeState theirCopy = theirs.create(identity("a")); // heard of by a digest, nothing known yet

        Digest question = Digest.of(theirs, node -> true);
        Delta answer =
                new DeltaBuilder().build(ours, question, new CountingBudget(1024), new TestPolicy(), new Random(1));
        for (NodeDelta nodeDelta : answer.nodeDeltas()) {
            NodeState copy = requireNonNull(theirs.find(nodeDelta.identity()));
            assertThat(copy).isSameAs(theirCopy);
            assertThat(copy.apply(nodeDelta, 0).verdict()).isEqualTo(DeltaVerdict.APPLY);
        }
        assertThat(theirCopy.value("service")).contains("searcher");
        assertThat(new DeltaBuilder()
                        .build(
                                ours,
                                Digest.of(theirs, node -> true),
                                new CountingBudget(1024),
                                new TestPolicy(),
                                new Random(1)))
                .isSameAs(Delta.EMPTY);
    }

    @Test
    @DisplayName("T12 a digest holds heartbeat, last GC version and max version of each node that is included")
    void digestHoldsThreeNumbers() {
        ClusterState cluster = new ClusterState();
        NodeState node1 = cluster.create(identity("node1"));
        node1.set("key_a", "", 0);
        node1.heartbeat(3);
        filled(cluster.create(identity("node2")), 10, 2, set("key_a", "", 1), set("key_b", "", 2));
        NodeState node3 = cluster.create(identity("node3"));
        assertThat(Digest.of(cluster, node -> node != node3))
                .isEqualTo(Digest.of(List.of(
                        new NodeDigest(identity("node1"), 3, 0, 1), new NodeDigest(identity("node2"), 0, 10, 2))));
    }
}

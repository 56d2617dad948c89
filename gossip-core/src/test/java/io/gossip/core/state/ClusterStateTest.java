/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.filled;
import static io.gossip.core.state.StateSamples.identity;
import static io.gossip.core.state.StateSamples.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ClusterStateTest {
    private final ClusterState cluster = new ClusterState();

    @Test
    @DisplayName("T6 asking for an unknown node gives nothing")
    void unknownNode() {
        cluster.create(identity("known"));
        assertThat(cluster.find(identity("unknown"))).isNull();
    }

    @Test
    void nodeStatesStandInIdentityOrder() {
        NodeState b = cluster.create(identity("b"));
        NodeState a = cluster.create(identity("a"));
        assertThat(cluster.inOrder()).containsExactly(a, b);
        assertThat(cluster.find(identity("a"))).isSameAs(a);
    }

    @Test
    void theListIsTheSameUntilMembershipChanges() {
        NodeState a = cluster.create(identity("a"));
        List<NodeState> before = cluster.inOrder();
        long versionBefore = cluster.membershipVersion();
        a.set("k", "v", 0);
        cluster.remove(identity("stranger"));
        assertThat(cluster.inOrder()).isSameAs(before);
        assertThat(cluster.membershipVersion()).isEqualTo(versionBefore);
        cluster.remove(identity("a"));
        assertThat(cluster.inOrder()).isEmpty();
        assertThat(cluster.membershipVersion()).isGreaterThan(versionBefore);
        assertThatThrownBy(() -> before.remove(0)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aNodeStateIsNeverCreatedOverAnother() {
        NodeState a = cluster.create(identity("a"));
        assertThatThrownBy(() -> cluster.create(identity("a"))).isInstanceOf(IllegalStateException.class);
        assertThat(cluster.find(identity("a"))).isSameAs(a);
    }

    @Test
    void slotsAreSmallAndUsedAgain() {
        ClusterState cluster = new ClusterState();
        for (int i = 0; i < 100; i++) {
            assertThat(cluster.create(identity("n" + i)).slot()).isEqualTo(i);
        }
        cluster.remove(identity("n70"));
        cluster.remove(identity("n7"));

        assertThat(cluster.create(identity("x")).slot()).isEqualTo(7);
        assertThat(cluster.create(identity("y")).slot()).isEqualTo(70);
        assertThat(cluster.create(identity("z")).slot()).isEqualTo(100);
    }

    @Test
    void whoIsRemovedKeepsItsNumbersAndWhoGetsItsSlotBeginsAtZero() {
        NodeState gone = filled(cluster.create(identity("gone")), 3, 7, set("k", "v", 7));
        gone.heartbeat(11);
        cluster.remove(identity("gone"));
        NodeState next = cluster.create(identity("next"));
        assertThat(next.slot()).isEqualTo(gone.slot());
        assertThat(next.snapshot()).isEqualTo(new NodeSnapshot(identity("next"), 0, List.of(), 0, 0));

        next.heartbeat(5);
        gone.set("k", "w", 0);
        gone.heartbeat(12);

        assertThat(next.snapshot()).isEqualTo(new NodeSnapshot(identity("next"), 5, List.of(), 0, 0));
        assertThat(gone.snapshot()).isEqualTo(new NodeSnapshot(identity("gone"), 12, List.of(set("k", "w", 8)), 8, 3));
        assertThat(cluster.stateBytes()).isZero();
        assertThat(cluster.entryCount()).isZero();
    }

    @Test
    void listsAreMadeOfNodeStatesThatBelongTogether() {
        NodeState a = cluster.create(identity("a"));
        NodeState b = cluster.create(identity("b"));
        NodeState alone = new NodeState(identity("alone"));
        alone.heartbeat(3);

        assertThat(NodeStates.copyOf(List.of(b, a)).identities()).containsExactly(b.identity(), a.identity());
        assertThat(NodeStates.copyOf(List.of(alone)).heartbeat(0)).isEqualTo(3);
        assertThat(NodeStates.copyOf(List.of())).isEmpty();
        assertThatThrownBy(() -> NodeStates.copyOf(List.of(a, alone)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alone");
        cluster.remove(b.identity());
        assertThatThrownBy(() -> NodeStates.copyOf(List.of(a, b))).isInstanceOf(IllegalArgumentException.class);
    }
}

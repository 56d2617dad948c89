/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.identity;
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
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** States that come by other means than gossip (semantics §14). */
class HandedInStateTest {
    private final VirtualCluster cluster = new VirtualCluster(8);
    private final VirtualCluster.Node node =
            cluster.start("a", 1, 1, Map.of(), b -> b.deadNodeGrace(Duration.ofSeconds(2)));
    private final NodeIdentity member = new NodeIdentity("m", 1, VirtualCluster.address(77));

    @Test
    void aLowerLastGcVersionIsRefused() {
        handIn(100, 100);
        assertThat(handIn(120, 80)).isFalse();
        assertThat(state().maxVersion()).isEqualTo(100);
    }

    @Test
    void aGreaterMaxVersionAtTheSameLastGcVersionIsTaken() {
        handIn(50, 10);
        assertThat(handIn(100, 10, key("k", 50))).isTrue();
        assertThat(state().maxVersion()).isEqualTo(100);
    }

    @Test
    void aGreaterLastGcVersionWinsAndLeavesNothingOld() {
        handIn(100, 10, key("old", 90), key("a", 91));
        assertThat(handIn(5, 11, key("a", 3))).isTrue();

        assertThat(state().entries()).containsExactly(key("a", 3));
        assertThat(state().maxVersion()).isEqualTo(5);
    }

    @Test
    void versionsAreUnsigned() {
        handIn(Long.MAX_VALUE, 0);
        assertThat(handIn(Long.MIN_VALUE, 0, key("k", Long.MIN_VALUE))).isTrue();
        assertThat(handIn(5, 0)).isFalse();
    }

    @Test
    void theOwnIdentityIsRefused() {
        assertThatThrownBy(() -> node.with(a -> a.resetNodeStateIfUpdate(a.self(), List.of(), 9, 9)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inconsistentInputIsRefusedAndListsNobody() {
        assertThatThrownBy(() -> handIn(5, 0, key("k", 6))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> handIn(5, 0, key("k", 1), key("l", 1))).isInstanceOf(IllegalArgumentException.class);
        assertThat(node.snapshot().members()).hasSize(1);
    }

    @Test
    void whoIsInTheMemoryOfTheDeadStaysThere() {
        VirtualCluster.Outsider peer = cluster.outsider(77);
        peer.syn(node, entry(member, 5));
        cluster.run(Duration.ofSeconds(3));
        assertThat(handIn(5, 0)).isFalse();
        assertThat(node.snapshot().members()).hasSize(1);
    }

    @Test
    void whoStaysSilentIsRemovedOneDay() {
        handIn(5, 0, key("k", 1));
        cluster.run(Duration.ofSeconds(3));
        assertThat(node.snapshot().members()).hasSize(1);
    }

    @Test
    void aGoodbyeHandedInCounts() {
        handIn(5, 0, new KeyMutation(ReservedKeys.STATE, ReservedKeys.LEAVING, 5, EntryStatus.SET));
        assertThat(node.snapshot().members().get(1).state()).isEqualTo(io.gossip.core.event.MemberState.LEFT);
    }

    @Test
    void oneMessageWithManyResetsSuggestsToCatchUpOnce() {
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");
        NodeIdentity one = peer.identity("peer", 1);
        peer.syn(node, entry(member, 1));
        node.effects.clear();

        peer.ack(
                node,
                new NodeDelta(one, 5, 0, List.of(key("k", 6)), 6),
                new NodeDelta(member, 5, 0, List.of(key("k", 6)), 6));

        assertThat(node.effects)
                .filteredOn(e -> e instanceof Effect.CatchUpSuggested)
                .hasSize(1);
        long heartbeat = node.with(a -> a.node(one)).orElseThrow().heartbeat();
        assertThat(heartbeat).as("survives the reset (W20)").isEqualTo(3);
    }

    @Test
    void aBareNodeOpEmptiesNothing() {
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");
        peer.ack(node, new NodeDelta(peer.identity("peer", 1), 0, 0, List.of(key("k", 1)), 1));
        peer.ack(node, new NodeDelta(peer.identity("peer", 1), 100, 0, List.of(), 0));

        List<KeyMutation> held = node.with(a -> a.keys(peer.identity("peer", 1), ""));
        assertThat(held).hasSize(1);
    }

    private boolean handIn(long max, long gc, KeyMutation... entries) {
        return node.with(a -> a.resetNodeStateIfUpdate(member, List.of(entries), max, gc));
    }

    private NodeSnapshot state() {
        return node.with(a -> a.node(member)).orElseThrow();
    }

    private static KeyMutation key(String key, long version) {
        return new KeyMutation(key, "v", version, EntryStatus.SET);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Restart, goodbye, death, removal and return. */
class LifeOfAMemberTest {
    private final VirtualCluster cluster = new VirtualCluster(3);

    @Test
    void aNewerGenerationRetiresTheOlderOneWhileItLives() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node old = cluster.start("b", 1, 2, Map.of(), x -> x, 1);
        cluster.runUntil(() -> a.live().size() == 2, Duration.ofSeconds(5));

        VirtualCluster.Node young = cluster.start("b", 2, 3, Map.of(), x -> x, 1);
        cluster.runUntil(() -> stateOf(a, young) == MemberState.LIVE, Duration.ofSeconds(5));
        assertThat(stateOf(a, old)).as("both beat, the newer one counts").isEqualTo(MemberState.DEAD);

        young.stop();
        cluster.runUntil(() -> stateOf(a, old) == MemberState.LIVE, Duration.ofSeconds(20));
        assertThat(stateOf(a, young)).isEqualTo(MemberState.DEAD);
    }

    @Test
    void aNodeSeesThatALiveMemberSupersedesIt() {
        VirtualCluster.Node old = cluster.start("a", 1);
        VirtualCluster.Node young = cluster.start("a", 2, 2, Map.of(), x -> x, 1);

        cluster.runUntil(() -> old.with(ClusterAccess::stats).superseded(), Duration.ofSeconds(5));
        assertThat(young.with(ClusterAccess::stats).superseded()).isFalse();

        young.stop();
        cluster.runUntil(() -> !old.with(ClusterAccess::stats).superseded(), Duration.ofSeconds(20));
    }

    @Test
    void whoLearnsTheGoodbyeCountsTheMemberAsLeftAtOnce() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node b = cluster.start("b", 2, 1);
        cluster.runUntil(() -> a.live().size() == 2 && b.live().size() == 2, Duration.ofSeconds(5));
        a.events.clear();

        b.handle(new Input.LeaveRequested());
        cluster.run(Duration.ofMillis(5)); // one handshake
        b.stop();

        assertThat(stateOf(a, b)).isEqualTo(MemberState.LEFT);
        assertThat(a.live()).containsExactly("a");
        assertThat(a.events).hasAtLeastOneElementOfType(ClusterEvent.MemberLeft.class);
        cluster.run(Duration.ofSeconds(30));
        assertThat(a.events).doesNotHaveAnyElementsOfTypes(ClusterEvent.MemberDead.class);
    }

    @Test
    void aGoodbyeLapsesWhenTheMemberGoesOnBeating() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node b = cluster.start("b", 2, 1);
        cluster.runUntil(() -> a.live().size() == 2 && b.live().size() == 2, Duration.ofSeconds(5));

        b.handle(new Input.LeaveRequested());
        cluster.run(Duration.ofSeconds(9));
        assertThat(stateOf(a, b)).isEqualTo(MemberState.LEFT);

        cluster.run(Duration.ofSeconds(3));
        assertThat(stateOf(a, b)).isEqualTo(MemberState.LIVE);
    }

    @Test
    void aDeadMemberIsHiddenAfterHalfItsGraceRemovedAfterAllOfItAndRemembered() {
        VirtualCluster.Node a = cluster.start("a", 1, 1, Map.of(), x -> x.deadNodeGrace(Duration.ofSeconds(20)));
        VirtualCluster.Outsider peer = cluster.outsider(9);
        for (int heartbeat = 6; heartbeat <= 8; heartbeat++) {
            peer.syn(a, entry(peer.identity("peer", 1), heartbeat));
        }
        cluster.runUntil(() -> a.live().contains("peer"), Duration.ofSeconds(1));
        cluster.runUntil(() -> !a.live().contains("peer"), Duration.ofSeconds(5));
        VirtualCluster.Outsider asker = cluster.outsider(10);

        cluster.run(Duration.ofSeconds(9));
        asker.syn(a);
        assertThat(digestIds(asker)).contains("peer");
        assertThat(scheduledForDeletion(a)).isEmpty();
        cluster.run(Duration.ofSeconds(3));
        asker.syn(a);
        assertThat(digestIds(asker)).doesNotContain("peer");
        assertThat(idsListedBy(a)).contains("peer");
        assertThat(scheduledForDeletion(a)).containsExactly("peer");
        cluster.run(Duration.ofSeconds(9));
        assertThat(idsListedBy(a)).containsExactly("a");
        assertThat(scheduledForDeletion(a)).isEmpty();

        peer.syn(a, entry(peer.identity("peer", 1), 8));
        assertThat(idsListedBy(a))
                .as("the old heartbeat does not bring it back")
                .containsExactly("a");
        peer.syn(a, entry(peer.identity("peer", 1), 9));
        assertThat(idsListedBy(a)).containsExactly("a", "peer");
    }

    @Test
    void anOperatorRemovesADeadMemberButNoLiveOne() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node b = cluster.start("b", 2, 1);
        cluster.runUntil(() -> a.live().size() == 2, Duration.ofSeconds(5));
        boolean liveOne = a.with(x -> x.remove(b.identity()));
        assertThat(liveOne).isFalse();
        b.stop();
        cluster.runUntil(() -> a.live().size() == 1, Duration.ofSeconds(20));

        boolean deadOne = a.with(x -> x.remove(b.identity()));
        assertThat(deadOne).isTrue();

        assertThat(idsListedBy(a)).containsExactly("a");
        VirtualCluster.Outsider asker = cluster.outsider(10);
        asker.syn(a);
        assertThat(digestIds(asker))
                .as("hiding it would make peers send it in full for ever")
                .contains("b");
    }

    @Test
    void aRemovedMemberThatBeatsAgainIsListedAgainWithItsKeys() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node b = cluster.start("b", 1, 2, Map.of("k", "v"), x -> x, 1);
        cluster.runUntil(() -> a.live().size() == 2 && "v".equals(a.valueOf(b, "k")), Duration.ofSeconds(5));
        cluster.links((from, to) -> false);
        cluster.runUntil(() -> a.live().size() == 1, Duration.ofSeconds(20));
        a.with(x -> x.remove(b.identity()));
        a.events.clear();

        cluster.links((from, to) -> true);
        cluster.runUntil(() -> a.live().size() == 2, Duration.ofSeconds(10));

        assertThat(a.events.get(0)).isEqualTo(new ClusterEvent.MemberJoined(b.identity()));
        assertThat(a.events.get(1)).isInstanceOfSatisfying(ClusterEvent.KeysChanged.class, keys -> {
            assertThat(keys.reset()).isTrue();
            assertThat(keys.changes())
                    .singleElement()
                    .satisfies(c -> assertThat(c.value()).isEqualTo("v"));
        });
    }

    @Test
    void theSameGenerationStartedTwiceMakesPeersForgetTheOldState() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node first = cluster.start("b", 7, 2, Map.of("old", "1", "both", "1"), x -> x, 1);
        cluster.runUntil(() -> a.live().size() == 2 && "1".equals(a.valueOf(first, "old")), Duration.ofSeconds(5));
        cluster.run(Duration.ofSeconds(5));
        first.stop();

        VirtualCluster.Node second = cluster.start("b", 7, 2, Map.of("both", "2"), x -> x, 1);
        cluster.runUntil(
                () -> "2".equals(a.valueOf(second, "both"))
                        && a.valueOf(second, "old") == null
                        && a.live().contains("b"),
                Duration.ofSeconds(10));

        assertThat(second.with(ClusterAccess::stats).renumberings()).isEqualTo(1);
        assertThat(a.with(x -> x.node(second.identity())).orElseThrow().lastGcVersion())
                .isGreaterThan(1 << 20);
    }

    @Test
    void aForgedHeartbeatOfAMemberHeldByALivePeerDoesNotSilenceIt() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node b = cluster.start("b", 2, 1);
        cluster.runUntil(() -> a.live().size() == 2 && b.live().size() == 2, Duration.ofSeconds(5));
        VirtualCluster.Outsider liar = cluster.outsider(9);
        for (int beat = 1; beat < 4; beat++) {
            liar.syn(a, entry(liar.identity("liar", 1), beat));
        }
        cluster.run(VirtualCluster.INTERVAL);
        assertThat(a.live()).contains("liar");

        for (long forged : new long[] {-1L, Long.MAX_VALUE, 1L << 40, 100_000, 2_000}) {
            for (int beat = 0; beat < 50; beat++) {
                liar.syn(a, entry(liar.identity("liar", 1), 4 + beat), entry(b.identity(), forged + beat));
                cluster.run(VirtualCluster.INTERVAL);
            }
            assertThat(a.live()).as("forged " + Long.toUnsignedString(forged)).contains("b");
        }
        liar.inbox.clear();
        cluster.run(Duration.ofMinutes(1));
        assertThat(a.live()).contains("b");
    }

    private static @Nullable MemberState stateOf(VirtualCluster.Node viewer, VirtualCluster.Node member) {
        return viewer.snapshot().members().stream()
                .filter(m -> m.identity().equals(member.identity()))
                .map(MemberSnapshot::state)
                .findFirst()
                .orElse(null);
    }

    private static List<String> idsListedBy(VirtualCluster.Node node) {
        return node.snapshot().members().stream()
                .map(m -> m.identity().nodeId())
                .toList();
    }

    private static List<String> scheduledForDeletion(VirtualCluster.Node node) {
        return node.with(ClusterAccess::scheduledForDeletionNodes).stream()
                .map(NodeIdentity::nodeId)
                .toList();
    }

    private static List<String> digestIds(VirtualCluster.Outsider outsider) {
        Message.SynAck answer = outsider.last(Message.SynAck.class);
        return java.util.stream.IntStream.range(0, answer.digest().size())
                .mapToObj(i -> answer.digest().identity(i).nodeId())
                .toList();
    }
}

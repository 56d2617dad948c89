/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.VersionedValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Hearsay: strangers speak only for themselves; what they invent neither fills our memory nor reaches our peers. */
class StrangersTest {
    private final VirtualCluster cluster = new VirtualCluster(2);

    @Test
    void admitsAtOnceWhoSpeaksFromItsAdvertisedAddress() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = cluster.outsider(9);

        peer.syn(node, entry(peer.identity("peer", 1), 1));

        assertThat(idsListedBy(node)).containsExactly("a", "peer");
    }

    @Test
    void listsAnIdentityNamedByAStrangerOnlyWhenItsHeartbeatHasRisen() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        NodeIdentity named = new NodeIdentity("named", 1, VirtualCluster.address(77));

        stranger.syn(node, entry(named, 5));
        stranger.syn(node, entry(named, 5));
        assertThat(idsListedBy(node)).containsExactly("a");
        assertThat(digestSentTo(stranger)).doesNotContain("named");

        stranger.syn(node, entry(named, 6));
        assertThat(idsListedBy(node)).containsExactly("a", "named");
    }

    @Test
    void theRiseThatAdmitsIsTheFirstSignOfLife() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        NodeIdentity named = new NodeIdentity("named", 1, VirtualCluster.address(77));

        stranger.syn(node, entry(named, 5));
        stranger.syn(node, entry(named, 6));
        stranger.syn(node, entry(named, 7));
        cluster.run(VirtualCluster.INTERVAL);

        assertThat(node.live()).containsExactly("a", "named");
    }

    @Test
    void aSeedNodeMayNameAnyone() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);
        NodeIdentity named = new NodeIdentity("named", 1, VirtualCluster.address(77));

        seed.syn(node, entry(named, 5));

        assertThat(idsListedBy(node)).containsExactly("a", "named");
    }

    @Test
    void aLiveMemberMayNameAnyone() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = liveOutsider(node, 9, "peer");
        NodeIdentity named = new NodeIdentity("named", 1, VirtualCluster.address(77));

        peer.syn(node, entry(named, 5));

        assertThat(idsListedBy(node)).contains("named");
    }

    @Test
    void aHundredThousandInventionsAreNeitherListedNorPassedOnNorRemembered() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxMembers(1_000));
        VirtualCluster.Node peer = cluster.start("b", 2, 1);
        cluster.runUntil(() -> node.live().size() == 2 && peer.live().size() == 2, Duration.ofSeconds(5));
        VirtualCluster.Outsider stranger = cluster.outsider(9);

        for (int batch = 0; batch < 200; batch++) {
            int from = batch * 500;
            stranger.syn(
                    node,
                    IntStream.range(from, from + 500)
                            .mapToObj(i ->
                                    entry(new NodeIdentity("x" + i, 1, VirtualCluster.address(20_000 + i % 40_000)), 5))
                            .toArray(NodeDigest[]::new));
        }

        assertThat(idsListedBy(node)).containsExactly("a", "b");
        assertThat(node.with(ClusterAccess::stats).hearsay()).isLessThanOrEqualTo(1_000);
        assertThat(node.live()).containsExactly("a", "b");
        assertThat(idsListedBy(peer)).containsExactly("a", "b");
    }

    @Test
    void risingInventionsTakeAtMostAQuarterOfTheMemberListAndFewReachPeers() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxMembers(2_000));
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        for (int heartbeat = 1; heartbeat < 4; heartbeat++) {
            for (int batch = 0; batch < 4; batch++) {
                int beat = heartbeat;
                int from = batch * 500;
                stranger.syn(
                        node,
                        IntStream.range(from, from + 500)
                                .mapToObj(i ->
                                        entry(new NodeIdentity("x" + i, 1, VirtualCluster.address(20_000 + i)), beat))
                                .toArray(NodeDigest[]::new));
            }
        }
        cluster.run(VirtualCluster.INTERVAL.multipliedBy(2));

        assertThat(idsListedBy(node)).hasSize(1 + 500);
        stranger.syn(node);
        assertThat(digestSentTo(stranger)).hasSize(1 + 256);
    }

    @Test
    void whoWasNeverLiveIsToldWhatWeHoldOfItButNobodyElseIs() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Node peer = cluster.start("b", 2, 1);
        cluster.runUntil(() -> node.live().size() == 2 && peer.live().size() == 2, Duration.ofSeconds(5));

        for (int port = 100; port < 400; port++) {
            VirtualCluster.Outsider speaker = cluster.outsider(port);
            speaker.syn(node, entry(speaker.identity("x" + port, 1), 1));
            assertThat(digestSentTo(speaker)).contains("x" + port);
        }
        cluster.run(VirtualCluster.INTERVAL.multipliedBy(20));

        assertThat(idsListedBy(node)).hasSize(2 + 300);
        assertThat(idsListedBy(peer)).containsExactly("a", "b");
    }

    @Test
    void oneAddressHoldsFewUnprovenIdentities() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider stranger = cluster.outsider(9);

        for (int i = 0; i < 1_000; i++) {
            stranger.syn(node, entry(stranger.identity("x" + i, 1), 1));
        }

        assertThat(idsListedBy(node)).hasSize(1 + 8);
    }

    @Test
    void aStrangerCannotMoveTheHeartbeatOfAMember() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Node peer = cluster.start("b", 2, 1);
        cluster.runUntil(() -> node.live().size() == 2, Duration.ofSeconds(5));
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        long believed = heartbeatOf(node, peer);

        stranger.syn(node, entry(peer.identity(), believed + 500));

        assertThat(heartbeatOf(node, peer)).isLessThan(believed + 100);
    }

    @Test
    void aStrangerCannotWriteTheStateOfAMemberButItsOwn() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Node peer = cluster.start("b", 1, 2, Map.of("k", "true"), b -> b, 1);
        cluster.runUntil(() -> "true".equals(node.valueOf(peer, "k")), Duration.ofSeconds(5));
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        NodeIdentity own = stranger.identity("own", 1);
        stranger.syn(node, entry(own, 1));

        stranger.ack(node, set(peer.identity(), "k", "forged", 99), set(own, "k", "mine", 1));

        assertThat(node.valueOf(peer, "k")).isEqualTo("true");
        Optional<VersionedValue> mine = node.with(a -> a.getVersioned(own, "k"));
        assertThat(mine).map(VersionedValue::value).hasValue("mine");
    }

    @Test
    void anyDeltaAboutOurselvesIsIgnored() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of("k", "true"), b -> b);
        VirtualCluster.Outsider peer = liveOutsider(node, 9, "peer");

        peer.ack(node, set(node.identity(), "k", "forged", 99));

        assertThat(node.valueOf(node, "k")).isEqualTo("true");
        assertThat(node.with(ClusterAccess::stats).nodeDeltasIgnored()).isEqualTo(1);
    }

    @Test
    void aMemberIsNeverToldAboutItself() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = liveOutsider(node, 9, "peer");
        peer.ack(node, set(peer.identity("peer", 1), "k", "v", 7));

        peer.syn(node); // an empty digest: it lacks everything

        assertThat(peer.last(Message.SynAck.class).delta().nodeDeltas())
                .noneMatch(d -> d.identity().nodeId().equals("peer"));
    }

    @Test
    void aKeyThatStopsRustPeersIsKeptButNotPassedOn() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = liveOutsider(node, 9, "peer");
        VirtualCluster.Outsider other = liveOutsider(node, 10, "other");
        NodeIdentity writer = peer.identity("peer", 1);
        peer.ack(
                node,
                new NodeDelta(
                        writer,
                        0,
                        0,
                        List.of(
                                new KeyMutation("a", "1", 1, EntryStatus.SET),
                                new KeyMutation("ключ", "2", 2, EntryStatus.SET),
                                new KeyMutation("c", "3", 3, EntryStatus.SET)),
                        3));

        other.syn(node);

        List<KeyMutation> held = node.with(a -> a.keys(writer, ""));
        assertThat(held).hasSize(3);
        assertThat(other.last(Message.SynAck.class).delta().nodeDeltas())
                .filteredOn(d -> d.identity().equals(writer))
                .singleElement()
                .satisfies(d ->
                        assertThat(d.mutations()).extracting(KeyMutation::key).containsExactly("a", "c"));
    }

    private VirtualCluster.Outsider liveOutsider(VirtualCluster.Node node, int port, String id) {
        VirtualCluster.Outsider peer = cluster.outsider(port);
        for (int heartbeat = 1; heartbeat <= 3; heartbeat++) {
            peer.syn(node, entry(peer.identity(id, 1), heartbeat));
        }
        cluster.run(VirtualCluster.INTERVAL);
        assertThat(node.live()).contains(id);
        return peer;
    }

    private static NodeDelta set(NodeIdentity owner, String key, String value, long version) {
        return new NodeDelta(owner, 0, 0, List.of(new KeyMutation(key, value, version, EntryStatus.SET)), version);
    }

    private static List<String> idsListedBy(VirtualCluster.Node node) {
        return node.snapshot().members().stream()
                .filter(m -> m.state() != MemberState.LEFT)
                .map(m -> m.identity().nodeId())
                .toList();
    }

    private static List<String> digestSentTo(VirtualCluster.Outsider outsider) {
        Message.SynAck answer = outsider.last(Message.SynAck.class);
        return IntStream.range(0, answer.digest().size())
                .mapToObj(i -> answer.digest().identity(i).nodeId())
                .toList();
    }

    private static long heartbeatOf(VirtualCluster.Node node, VirtualCluster.Node peer) {
        return node.with(a -> a.node(peer.identity())).orElseThrow().heartbeat();
    }
}

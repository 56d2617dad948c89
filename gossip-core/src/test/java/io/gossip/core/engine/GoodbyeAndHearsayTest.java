/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.DatagramWriter;
import io.gossip.core.wire.DigestImage;
import io.gossip.core.wire.MessageType;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is learnt of members by hearsay and by goodbyes, to the letter of architecture §4. */
class GoodbyeAndHearsayTest {
    private final VirtualCluster cluster = new VirtualCluster(7);
    private final NodeIdentity named = new NodeIdentity("named", 1, VirtualCluster.address(77));

    @Test
    void oneDatagramThatNamesAStrangerTwiceDoesNotAdmitIt() {
        VirtualCluster.Node node = cluster.start("a", 1);
        DigestImage image = new DigestImage();
        image.layout(List.of(named, named, named));
        image.set(0, 7, 0, 0);
        image.set(1, 6, 0, 0);
        image.set(2, 5, 0, 0);
        DatagramWriter writer = new DatagramWriter(65_507);
        writer.begin(ProtocolVersion.V0, MessageType.SYN);
        writer.digest(image, 0);
        writer.clusterId("test");

        cluster.outsider(9).raw(node, writer.finish());

        assertThat(ids(node)).containsExactly("a");
    }

    @Test
    void hearsayIsForgottenAMinuteAfterItWasLastHeard() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        stranger.syn(node, entry(named, 5));
        cluster.run(Duration.ofSeconds(59));
        stranger.syn(node, entry(named, 5)); // heard again: a minute more
        cluster.run(Duration.ofSeconds(59));
        assertThat(node.with(ClusterAccess::stats).hearsay()).isEqualTo(1);

        cluster.run(Duration.ofSeconds(3));
        assertThat(node.with(ClusterAccess::stats).hearsay()).isZero();
        stranger.syn(node, entry(named, 6));
        assertThat(ids(node)).as("heard for the first time again").containsExactly("a");
    }

    @Test
    void slowClustersRememberHearsayForTenIntervals() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.gossipInterval(Duration.ofSeconds(30)));
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        stranger.syn(node, entry(named, 5));

        cluster.run(Duration.ofSeconds(299));
        stranger.syn(node, entry(named, 6));

        assertThat(ids(node)).containsExactly("a", "named");
    }

    @Test
    void whoWasRemovedIsListedAgainAtTheFirstRise() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.deadNodeGrace(Duration.ofSeconds(2)));
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        stranger.syn(node, entry(named, 5));
        stranger.syn(node, entry(named, 6));
        cluster.run(Duration.ofSeconds(3));
        assertThat(ids(node)).containsExactly("a");

        stranger.syn(node, entry(named, 6));
        assertThat(ids(node)).containsExactly("a");
        stranger.syn(node, entry(named, 7));
        assertThat(ids(node)).containsExactly("a", "named");
    }

    @Test
    void whoWasRemovedByHandIsNotListedAgainForOldHeartbeatsThatRise() {
        VirtualCluster.Outsider lagging = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);
        lagging.syn(node, entry(named, 100));
        lagging.syn(node, entry(named, 200));
        cluster.run(Duration.ofSeconds(30));
        boolean removed = node.with(a -> a.remove(named));
        assertThat(removed).isTrue();

        for (long old = 101; old < 180; old++) {
            lagging.syn(node, entry(named, old));
            cluster.run(Duration.ofMillis(100));
        }
        assertThat(ids(node)).containsExactly("a");

        for (long risen = 201; risen < 206; risen++) {
            lagging.syn(node, entry(named, risen));
            cluster.run(Duration.ofMillis(100));
        }
        assertThat(ids(node)).containsExactly("a", "named");
    }

    @Test
    void strangersThatGaveWayDoNotWashRealMembersOutOfTheMemoryOfTheDead() {
        VirtualCluster.Node node = cluster.start(
                "a", 1, 1, Map.of(), b -> b.maxMembers(40).deadNodeMemory(10).deadNodeGrace(Duration.ofSeconds(2)));
        VirtualCluster.Outsider real = cluster.outsider(9);
        real.syn(node, entry(real.identity("real", 1), 50));
        cluster.run(Duration.ofSeconds(3));
        for (int port = 100; port < 200; port++) {
            VirtualCluster.Outsider stranger = cluster.outsider(port);
            stranger.syn(node, entry(stranger.identity("x" + port, 1), 1));
        }

        real.syn(node, entry(real.identity("real", 1), 50));

        assertThat(ids(node)).doesNotContain("real").hasSizeGreaterThan(5);
    }

    @Test
    void idsBeyondOneKibibyteAreNotTakenIn() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);

        seed.syn(
                node,
                entry(new NodeIdentity("x".repeat(1_024), 1, VirtualCluster.address(77)), 1),
                entry(new NodeIdentity("y".repeat(1_025), 1, VirtualCluster.address(78)), 1));

        assertThat(ids(node)).containsExactly("a", "x".repeat(1_024));
        assertThat(node.with(ClusterAccess::stats).oversizedNodeIds()).isEqualTo(1);
    }

    @Test
    void aGoodbyeThatLapsedIsNotLearntAgainFromTheNextKey() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Node peer = cluster.start("b", 2, 1);
        cluster.runUntil(() -> node.live().size() == 2, Duration.ofSeconds(5));
        peer.handle(new Input.LeaveRequested());
        cluster.run(Duration.ofSeconds(12)); // it stays after all
        assertThat(stateOf(node, peer.identity())).isEqualTo(MemberState.LIVE);

        for (int i = 0; i < 10; i++) {
            String value = "v" + i;
            peer.with(a -> a.set("k", value));
            cluster.run(Duration.ofMillis(500));
            assertThat(stateOf(node, peer.identity())).isEqualTo(MemberState.LIVE);
        }
    }

    @Test
    void aGoodbyeHoldsForTenSecondsAndLapsesAtTheFirstRiseAfterThem() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");
        NodeIdentity identity = peer.identity("peer", 1);
        peer.ack(node, set(identity, ReservedKeys.STATE, ReservedKeys.LEAVING, 1));
        long learnt = cluster.nowNanos - 1_000_000;

        for (int beat = 4; cluster.nowNanos + 101_000_000 - learnt <= 10_000_000_000L; beat++) {
            cluster.run(Duration.ofMillis(98));
            peer.syn(node, entry(identity, beat));
            assertThat(stateOf(node, identity)).isEqualTo(MemberState.LEFT);
        }
        cluster.run(Duration.ofMillis(200));
        peer.syn(node, entry(identity, 1_000));
        assertThat(stateOf(node, identity)).isEqualTo(MemberState.DEAD);
        cluster.run(VirtualCluster.INTERVAL);
        assertThat(stateOf(node, identity)).isEqualTo(MemberState.LIVE);
    }

    @Test
    void retiredAndRemovedMembersKeepTheirVersionsInTheDigestButAreInNoDelta() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider old = cluster.liveOutsider(node, 9, "peer");
        old.ack(node, set(old.identity("peer", 1), "k", "v", 7));
        VirtualCluster.Outsider young = cluster.outsider(10);
        for (int beat = 1; beat <= 3; beat++) {
            young.syn(node, entry(young.identity("peer", 2), beat));
        }
        cluster.run(VirtualCluster.INTERVAL.multipliedBy(2));
        assertThat(stateOf(node, old.identity("peer", 1))).isEqualTo(MemberState.DEAD);

        assertInDigestOnly(node, old.identity("peer", 1));
        boolean removed = node.with(a -> a.remove(old.identity("peer", 1)));
        assertThat(removed).isTrue();
        assertInDigestOnly(node, old.identity("peer", 1));
    }

    private void assertInDigestOnly(VirtualCluster.Node node, NodeIdentity identity) {
        VirtualCluster.Outsider asker = cluster.outsider(50);
        asker.syn(node);
        Message.SynAck answer = asker.last(Message.SynAck.class);
        Digest digest = answer.digest();
        assertThat(IntStream.range(0, digest.size())
                        .filter(i -> digest.identity(i).equals(identity))
                        .mapToLong(digest::maxVersion))
                .containsExactly(7L);
        assertThat(answer.delta().nodeDeltas()).noneMatch(d -> d.identity().equals(identity));
    }

    @Test
    void generationsAreUnsignedWhenOneSucceedsAnother() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider old = cluster.liveOutsider(node, 9, "peer");
        VirtualCluster.Outsider young = cluster.outsider(10);
        for (int beat = 1; beat <= 3; beat++) {
            young.syn(node, entry(young.identity("peer", Long.MIN_VALUE), beat));
        }
        cluster.run(VirtualCluster.INTERVAL.multipliedBy(2));

        assertThat(stateOf(node, young.identity("peer", Long.MIN_VALUE))).isEqualTo(MemberState.LIVE);
        assertThat(stateOf(node, old.identity("peer", 1))).isEqualTo(MemberState.DEAD);
    }

    @Test
    void mappedAndPlainAddressesAreTwoIdentitiesWithAWarning() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);
        seed.syn(
                node,
                entry(new NodeIdentity("x", 1, GossipAddress.parse("10.0.0.1:1")), 1),
                entry(new NodeIdentity("x", 1, GossipAddress.parse("[::ffff:10.0.0.1]:1")), 1),
                entry(new NodeIdentity("y", 1, GossipAddress.parse("[2001:db8::1]:1")), 1));

        assertThat(ids(node)).containsExactly("a", "x", "x", "y");
        assertThat(node.effects)
                .filteredOn(e -> e instanceof Effect.Notice n && n.kind() == Effect.Notice.Kind.DUPLICATE_GENERATION)
                .hasSize(1);
    }

    private static NodeDelta set(NodeIdentity owner, String key, String value, long version) {
        return new NodeDelta(owner, 0, 0, List.of(new KeyMutation(key, value, version, EntryStatus.SET)), version);
    }

    private static List<String> ids(VirtualCluster.Node node) {
        return node.snapshot().members().stream()
                .map(m -> m.identity().nodeId())
                .toList();
    }

    private static MemberState stateOf(VirtualCluster.Node viewer, NodeIdentity member) {
        return viewer.snapshot().members().stream()
                .filter(m -> m.identity().equals(member))
                .map(MemberSnapshot::state)
                .findFirst()
                .orElseThrow();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.transport.store.MemberMemory.Peer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OldPeersTest {
    private static final Instant NOW = Instant.parse("2026-01-02T00:00:00Z");
    private static final NodeIdentity SELF = member(0);

    @Test
    void looksForEveryoneWhileAlone() {
        OldPeers peers = remembering(100, 5);

        Set<GossipAddress> asked = new HashSet<>();
        asked.addAll(peers.toLookFor());
        assertThat(asked).hasSize(3);
        asked.addAll(peers.toLookFor());

        assertThat(asked).isEqualTo(addresses(1, 5));
    }

    @Test
    void goesOnLookingForTheMissingNowAndThen() {
        OldPeers peers = remembering(100, 3);
        peers.changed(List.of(new ClusterEvent.MemberAlive(member(1))), NOW);

        List<GossipAddress> asked = rounds(peers, 40);

        assertThat(asked)
                .hasSize(4)
                .containsOnly(member(2).gossipAddress(), member(3).gossipAddress());
    }

    @Test
    void forgetsWhoDoesNotComeBack() {
        OldPeers peers = remembering(50, 3);
        peers.changed(List.of(new ClusterEvent.MemberAlive(member(1))), NOW);

        rounds(peers, 51);

        assertThat(rounds(peers, 100)).isEmpty();
        assertThat(peers.isChanged()).isTrue();
        assertThat(peers.toRemember(NOW)).extracting(Peer::nodeId).containsExactly("n1");
    }

    @Test
    void otherSettingsCountFromNowOn() {
        OldPeers peers = remembering(5, 3);
        peers.settings(1, 50);
        assertThat(peers.toLookFor()).hasSize(1);
        peers.changed(List.of(new ClusterEvent.MemberAlive(member(1))), NOW);

        assertThat(rounds(peers, 49)).isNotEmpty();
        rounds(peers, 1);

        assertThat(rounds(peers, 100)).isEmpty();
    }

    @Test
    void looksForEveryoneAgainWhenTheLastIsLost() {
        OldPeers peers = remembering(5, 0);
        peers.changed(List.of(new ClusterEvent.MemberAlive(member(1)), new ClusterEvent.MemberAlive(member(2))), NOW);
        peers.toRemember(NOW);
        assertThat(rounds(peers, 20)).isEmpty();

        peers.changed(List.of(new ClusterEvent.MemberDead(member(1)), new ClusterEvent.MemberLeft(member(2))), NOW);

        assertThat(peers.toLookFor()).containsExactlyInAnyOrderElementsOf(addresses(1, 2));
        assertThat(rounds(peers, 20)).hasSize(40);
    }

    @Test
    void remembersTheLiveBeforeThoseSeenLast() {
        OldPeers peers = remembering(100, OldPeers.MOST);
        IntStream.rangeClosed(100, 109)
                .forEach(i -> peers.changed(List.of(new ClusterEvent.MemberAlive(member(i))), NOW));
        peers.changed(List.of(new ClusterEvent.MemberAlive(member(OldPeers.MOST))), NOW);

        List<Peer> remembered = peers.toRemember(NOW);

        assertThat(remembered).hasSize(OldPeers.MOST);
        assertThat(remembered.get(0)).isEqualTo(new Peer("n32", member(32).gossipAddress(), NOW));
        assertThat(remembered.subList(1, 11)).extracting(Peer::nodeId).allMatch(id -> id.startsWith("n10"));
        assertThat(remembered.get(11).nodeId()).isEqualTo("n1");
    }

    @Test
    void remembersWhoCameAndWentSinceTheListWasMade() {
        OldPeers peers = remembering(100, 0);
        peers.toRemember(NOW);

        peers.changed(List.of(new ClusterEvent.MemberAlive(member(1))), NOW);
        peers.changed(List.of(new ClusterEvent.MemberLeft(member(1))), NOW);

        assertThat(peers.toRemember(NOW)).extracting(Peer::nodeId).containsExactly("n1");
    }

    @Test
    void anEarlierRunOfThisNodeIsNoPeer() {
        OldPeers peers = remembering(100, 0);

        peers.changed(
                List.of(new ClusterEvent.MemberAlive(
                        new NodeIdentity("n0", 0, member(9).gossipAddress()))),
                NOW);

        assertThat(peers.toRemember(NOW)).isEmpty();
    }

    /** The peer with the lowest number was seen last. */
    private static OldPeers remembering(long patienceRounds, int count) {
        return new OldPeers(
                SELF,
                3,
                patienceRounds,
                IntStream.rangeClosed(1, count)
                        .mapToObj(i -> new Peer("n" + i, member(i).gossipAddress(), NOW.minusSeconds(i)))
                        .toList());
    }

    private static List<GossipAddress> rounds(OldPeers peers, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> peers.toLookFor())
                .flatMap(List::stream)
                .toList();
    }

    private static Set<GossipAddress> addresses(int first, int last) {
        Set<GossipAddress> addresses = new HashSet<>();
        IntStream.rangeClosed(first, last).forEach(i -> addresses.add(member(i).gossipAddress()));
        return addresses;
    }

    private static NodeIdentity member(int number) {
        return new NodeIdentity("n" + number, 1, GossipAddress.parse("127.0.0.1:" + (1000 + number)));
    }
}

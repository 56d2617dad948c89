/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.cli.doctor.Evidence.ClockReading;
import io.gossip.cli.doctor.Evidence.Condition;
import io.gossip.cli.doctor.Evidence.DigestFill;
import io.gossip.cli.doctor.Evidence.ListedMember;
import io.gossip.cli.doctor.Evidence.NodeReport;
import io.gossip.cli.doctor.Evidence.PeerReport;
import io.gossip.cli.doctor.Evidence.Reach;
import io.gossip.cli.doctor.Evidence.Tcp;
import io.gossip.cli.doctor.Evidence.Udp;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is found in which evidence: it begins as that of a healthy cluster, and each test spoils one thing. */
final class ExaminationTest {
    private static final GossipAddress SEED_NODE = GossipAddress.parse("10.0.0.9:7000");
    private static final Set<String> BOTH = Set.of("v0", "v1");
    private static final Condition WELL =
            new Condition("open", Optional.empty(), true, "", true, false, 0, Optional.empty());

    private NodeIdentity self = identity("one", 7, "10.0.0.1:7000");
    private final ListedMember two = member("two", "10.0.0.2:7000", "live");
    private DigestFill digest = new DigestFill(1_000, 65_507, 0);
    private Condition condition = WELL;
    private String protocol = "v0";
    private final List<ListedMember> members = new ArrayList<>();
    private final List<PeerReport> peers = new ArrayList<>();
    private final Map<GossipAddress, Reach> reaches = new HashMap<>();

    @BeforeEach
    void beHealthy() {
        members.addAll(List.of(listed(self, "live"), two));
        peers.add(peer(two, 0, "v0", listed(self, "live")));
        reaches.put(self.gossipAddress(), new Reach(Udp.ANSWERS, Tcp.CONNECTS));
        reaches.put(two.identity().gossipAddress(), new Reach(Udp.ANSWERS, Tcp.CONNECTS));
        reaches.put(SEED_NODE, new Reach(Udp.ANSWERS, Tcp.REFUSED));
    }

    private static NodeIdentity identity(String name, long generation, String address) {
        return new NodeIdentity(name, generation, GossipAddress.parse(address));
    }

    private static ListedMember listed(NodeIdentity identity, String state) {
        return new ListedMember(identity, state, Optional.of("10.0.0.1:80"), Optional.of(BOTH));
    }

    private static ListedMember member(String name, String address, String state) {
        return listed(identity(name, 1, address), state);
    }

    private NodeReport report(NodeIdentity who, long aheadMillis, String opensIn) {
        return new NodeReport(
                who, "c", new ClockReading(aheadMillis, 10), opensIn, List.of(SEED_NODE), digest, condition);
    }

    private PeerReport peer(ListedMember member, long aheadMillis, String opensIn, ListedMember... aboutUs) {
        return new PeerReport(
                member,
                Optional.empty(),
                Optional.of(report(member.identity(), aheadMillis, opensIn)),
                List.of(aboutUs));
    }

    private void assertFinds(Finding.Level level, String text, String advice) {
        assertThat(Examination.of(new Evidence(report(self, 0, protocol), members, peers, reaches)))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.level()).isEqualTo(level);
                    assertThat(finding.text()).contains(text);
                    assertThat(finding.advice()).contains(advice);
                });
    }

    @Test
    void aHealthyClusterHasNoFinding() {
        assertThat(Examination.of(new Evidence(report(self, 0, protocol), members, peers, reaches)))
                .isEmpty();
    }

    @Test
    void whatIsUnknownIsNoFinding() {
        assertThat(Examination.of(new Evidence(report(self, 0, protocol), List.of(), List.of(), Map.of())))
                .isEmpty();
    }

    @Test
    void nobodyListensAtTheAdvertisedAddress() {
        reaches.put(self.gossipAddress(), new Reach(Udp.REFUSED, Tcp.CONNECTS));
        assertFinds(
                Finding.Level.PROBLEM, "nobody listens at the advertised address 10.0.0.1:7000", "--advertise-addr");
    }

    @Test
    void udpToUsIsBlocked() {
        reaches.put(self.gossipAddress(), new Reach(Udp.SILENT, Tcp.CONNECTS));
        assertFinds(Finding.Level.PROBLEM, "UDP to the advertised address", "firewalls");
    }

    @Test
    void theAdvertisedAddressIsNowhere() {
        reaches.put(self.gossipAddress(), new Reach(Udp.SILENT, Tcp.SILENT));
        assertFinds(Finding.Level.PROBLEM, "neither UDP nor TCP", "--advertise-addr");
    }

    @Test
    void udpToAPeerIsBlocked() {
        reaches.put(two.identity().gossipAddress(), new Reach(Udp.SILENT, Tcp.CONNECTS));
        assertFinds(Finding.Level.PROBLEM, "live member two answers TCP but not UDP at 10.0.0.2:7000", "UDP");
    }

    @Test
    void aPeerThatIsGoneIsNotBlocked() {
        reaches.put(two.identity().gossipAddress(), new Reach(Udp.SILENT, Tcp.SILENT));
        assertThat(Examination.of(new Evidence(report(self, 0, protocol), members, peers, reaches)))
                .isEmpty();
    }

    @Test
    void aSeedNodeIsOfAnotherCluster() {
        reaches.put(SEED_NODE, new Reach(Udp.OTHER_CLUSTER, Tcp.CONNECTS));
        assertFinds(Finding.Level.PROBLEM, "10.0.0.9:7000 belongs to another cluster than 'c'", "--cluster-id");
    }

    @Test
    void aSeedNodeIsGone() {
        reaches.put(SEED_NODE, new Reach(Udp.SILENT, Tcp.SILENT));
        assertFinds(Finding.Level.WARNING, "does not answer", "--seed");
    }

    @Test
    void aPeerTakesUsForDead() {
        peers.set(0, peer(two, 0, "v0", listed(self, "dead")));
        assertFinds(Finding.Level.PROBLEM, "two takes this node for dead", "UDP");
    }

    @Test
    void aPeerDoesNotKnowUs() {
        peers.set(0, peer(two, 0, "v0"));
        assertFinds(Finding.Level.PROBLEM, "two does not list this node", "UDP");
    }

    @Test
    void aPeerKnowsUsElsewhere() {
        peers.set(0, peer(two, 0, "v0", listed(identity("one", 8, "10.9.9.9:7000"), "live")));
        assertFinds(Finding.Level.PROBLEM, "generation 8 at 10.9.9.9:7000", "--generation");
    }

    @Test
    void noPeerCanBeAsked() {
        peers.set(0, new PeerReport(two, Optional.of("401: no token"), Optional.empty(), List.of()));
        assertFinds(Finding.Level.NOTE, "two for one: 401", "--token-for-peers");
    }

    @Test
    void clocksDifferByMoreThanTheQuestionTook() {
        peers.set(0, peer(two, -5_021, "v0", listed(self, "live")));
        assertFinds(Finding.Level.WARNING, "5 s ahead of that of two", "NTP");
        peers.set(0, peer(two, -5_019, "v0", listed(self, "live")));
        aHealthyClusterHasNoFinding();
    }

    @Test
    void theDigestIsLongOrTooLong() {
        digest = new DigestFill(45_900, 65_507, 0);
        assertFinds(Finding.Level.WARNING, "the digest takes 70 %", "--protocol v1");
        protocol = "v1";
        peers.set(0, peer(two, 0, "v1", listed(self, "live")));
        digest = new DigestFill(65_000, 65_507, 3);
        assertFinds(Finding.Level.PROBLEM, "3 messages", "--dead-node-grace-period");
    }

    @Test
    void aPeerCannotReadWhatWeSend() {
        protocol = "v1";
        ListedMember old = new ListedMember(two.identity(), "live", two.http(), Optional.of(Set.of("v0")));
        members.set(1, old);
        peers.clear();
        assertFinds(Finding.Level.PROBLEM, "in v1, which two cannot read", "--protocol");
    }

    @Test
    void membersOpenHandshakesInBothVersions() {
        peers.set(0, peer(two, 0, "v1", listed(self, "live")));
        assertFinds(Finding.Level.NOTE, "in v0, two in another version", "--protocol");
    }

    @Test
    void theLoopbackIsAdvertisedToOtherMachines() {
        reaches.remove(self.gossipAddress());
        self = identity("one", 7, "127.0.0.1:7000");
        members.set(0, listed(self, "live"));
        peers.set(0, peer(two, 0, "v0", listed(self, "live")));
        assertFinds(Finding.Level.PROBLEM, "loopback address 127.0.0.1:7000", "--advertise-addr");
    }

    @Test
    void aNodeIdIsLiveTwice() {
        members.add(listed(identity("two", 2, "10.0.0.3:7000"), "live"));
        assertFinds(Finding.Level.PROBLEM, "node id 'two' is live 2 times", "--node-id");
    }

    @Test
    void anAddressIsAdvertisedTwice() {
        members.add(member("three", "10.0.0.2:7000", "live"));
        assertFinds(Finding.Level.WARNING, "2 live members advertise the address 10.0.0.2:7000", "--advertise-addr");
    }

    @Test
    void somebodyElseIsUs() {
        condition = new Condition("open", Optional.empty(), true, "", true, true, 0, Optional.empty());
        assertFinds(Finding.Level.PROBLEM, "this node's id 'one'", "--node-id");
    }

    @Test
    void theSocketIsBroken() {
        condition = new Condition("reopening", Optional.of("no route"), true, "", true, false, 0, Optional.empty());
        assertFinds(Finding.Level.PROBLEM, "socket is reopening: no route", "log");
    }

    @Test
    void itsDiskIsFull() {
        condition = new Condition("open", Optional.empty(), true, "", true, false, 0, Optional.of("No space left"));
        assertFinds(Finding.Level.PROBLEM, "cannot store its keys: No space left", "disk");
    }

    @Test
    void whomItSaysHelloToIsOfAnotherCluster() {
        condition = new Condition("open", Optional.empty(), true, "", false, false, 3, Optional.empty());
        assertFinds(Finding.Level.PROBLEM, "belongs to another cluster", "--cluster-id");
    }

    @Test
    void mostMembersAreOfThePast() {
        for (int i = 0; i < 10; i++) {
            members.add(member("gone-" + i, "10.0.1." + i + ":7000", i % 2 == 0 ? "dead" : "left"));
        }
        assertFinds(Finding.Level.WARNING, "10 of 12 listed members", "gossip remove NODE");
    }
}

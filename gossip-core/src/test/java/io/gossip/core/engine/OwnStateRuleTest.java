/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.NodeSnapshot;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** When peers know more of us than we do (architecture §4): how far they are believed, how often, and who. */
class OwnStateRuleTest {
    private static final long GAP = 1L << 32;
    private static final long STEP = 1L << 20;

    private final VirtualCluster cluster = new VirtualCluster(6);
    private final VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of("k", "v"), b -> b);

    @Test
    void aGreaterMaxVersionMovesOurKeysBehindIt() {
        claim(cluster.liveOutsider(node, 9, "peer"), 0, 0, 100);

        assertThat(own().lastGcVersion()).isEqualTo(100 + STEP);
        assertThat(own().maxVersion()).isEqualTo(101 + STEP);
        assertThat(node.valueOf(node, "k")).isEqualTo("v");
    }

    @Test
    void aGreaterHeartbeatIsPassedByOne() {
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");

        claim(peer, 1_000_000, 0, 0);

        assertThat(own().heartbeat()).isEqualTo(1_000_001);
        assertThat(own().lastGcVersion()).isEqualTo(1 + STEP);
    }

    @Test
    void aLastGcVersionInTheMiddleOfAResetIsPassedToo() {
        claim(cluster.liveOutsider(node, 9, "peer"), 0, 5_000_000, 100);

        assertThat(own().lastGcVersion()).isEqualTo(5_000_000 + STEP);
    }

    @Test
    void theFirstClaimBeyondBeliefIsToldOfWhateverElseWasRefusedBefore() {
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");
        peer.syn(node, VirtualCluster.entry(peer.identity("y".repeat(1_025), 1), 1));

        claim(peer, -1, 0, 0);

        assertThat(node.effects)
                .filteredOn(e -> e instanceof Effect.Notice n && n.kind() == Effect.Notice.Kind.IMPLAUSIBLE_CLAIM)
                .hasSize(1);
        assertThat(stats().oversizedNodeIds()).isEqualTo(1);
    }

    @Test
    void claimsUpToTheGapAreBelievedAndGreaterOnesCounted() {
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");

        claim(peer, -1, 0, -1);
        claim(peer, own().heartbeat() + 10 + GAP, 0, 1 + GAP + 1);
        assertThat(own().maxVersion()).isEqualTo(1);
        assertThat(own().heartbeat()).isLessThan(100);
        assertThat(stats().implausibleClaims()).isEqualTo(4);

        claim(peer, 0, 0, 1 + GAP);
        assertThat(own().lastGcVersion()).isEqualTo(1 + GAP + STEP);
        assertThat(stats().implausibleClaims()).isEqualTo(4);
    }

    @Test
    void ourVersionsMoveAtMostOnceAMinute() {
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");

        claim(peer, 0, 0, 100);
        for (int second = 0; second < 59; second++) {
            cluster.run(Duration.ofSeconds(1).minusMillis(2));
            beatAndClaim(peer, 10 + second, 10_000_000);
        }
        assertThat(stats().renumberings()).isEqualTo(1);

        cluster.run(Duration.ofSeconds(1));
        beatAndClaim(peer, 100, 10_000_000);
        assertThat(stats().renumberings()).isEqualTo(2);
    }

    @Test
    void onlyLiveMembersAndSeedNodesAreHeardAboutUs() {
        claim(cluster.outsider(8), 1_000, 0, 100);
        assertThat(own().maxVersion()).isEqualTo(1);

        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node seeded = cluster.start("b", 2, 9);
        seed.syn(seeded, new NodeDigest(seeded.identity(), 0, 0, 100));
        assertThat(seeded.with(ClusterAccess::stats).renumberings()).isEqualTo(1);
    }

    private void claim(VirtualCluster.Outsider who, long heartbeat, long lastGc, long max) {
        who.syn(node, new NodeDigest(node.identity(), heartbeat, lastGc, max));
    }

    private void beatAndClaim(VirtualCluster.Outsider who, long beat, long max) {
        who.syn(node, entry(who.identity("peer", 1), beat), new NodeDigest(node.identity(), 0, 0, max));
    }

    private NodeSnapshot own() {
        return node.with(a -> a.node(a.self())).orElseThrow();
    }

    private EngineStats stats() {
        return node.with(ClusterAccess::stats);
    }
}

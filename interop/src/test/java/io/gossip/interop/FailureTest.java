/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WithRust
@Timeout(600)
class FailureTest {
    @ParameterizedTest
    @EnumSource
    void everyMemberSeesARustProcessKilled(Setting setting, Cluster cluster) {
        JavaPeer first = cluster.java(new PeerOptions("j1", setting));
        JavaPeer second = cluster.java(new PeerOptions("j2", setting).seedNode(first));
        RustPeer survivor = cluster.rust(new PeerOptions("r1", setting).seedNode(first));
        RustPeer victim = cluster.rust(new PeerOptions("r2", setting).seedNode(first));
        Cluster.awaitAllLive(first, second, survivor, victim);

        victim.kill();

        assertSeenDead(victim.identity(), first, second, survivor);
        Cluster.awaitAllLive(first, second, survivor);
    }

    @ParameterizedTest
    @EnumSource
    void everyMemberSeesAJavaProcessKilled(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(new PeerOptions("j1", setting));
        RustPeer first = cluster.rust(new PeerOptions("r1", setting).seedNode(java));
        RustPeer second = cluster.rust(new PeerOptions("r2", setting).seedNode(java));
        LoneMember.Running victim = LoneMember.start("victim", setting, java);
        cluster.atTheEnd(victim.process()::close);
        for (Peer peer : List.of(java, first, second)) {
            Await.until(() -> assertThat(peer.view().live()).contains(victim.identity()));
        }

        victim.process().kill();

        assertSeenDead(victim.identity(), java, first, second);
        assertThat(java.left()).isEmpty();
        Cluster.awaitAllLive(java, first, second);
    }

    @ParameterizedTest
    @EnumSource
    void aRestartedRustMemberTakesThePlaceOfItsFormerGeneration(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(new PeerOptions("java", setting));
        RustPeer witness = cluster.rust(new PeerOptions("witness", setting).seedNode(java));
        RustPeer former =
                cluster.rust(new PeerOptions("rust", setting).seedNode(java).keyValue("life", "first"));
        Cluster.awaitAllLive(java, witness, former);
        former.set("old", "forgotten");

        former.kill();
        RustPeer successor = cluster.rust(new PeerOptions("rust", setting)
                .inPlaceOf(former)
                .generation(2)
                .seedNode(java)
                .keyValue("life", "second"));

        assertSucceeded(former, successor, java, witness);
    }

    @ParameterizedTest
    @EnumSource
    void aRestartedJavaMemberTakesThePlaceOfItsFormerGeneration(Setting setting, Cluster cluster) {
        RustPeer rust = cluster.rust(new PeerOptions("rust", setting));
        JavaPeer witness = cluster.java(new PeerOptions("witness", setting).seedNode(rust));
        JavaPeer former =
                cluster.java(new PeerOptions("java", setting).seedNode(rust).keyValue("life", "first"));
        Cluster.awaitAllLive(rust, witness, former);
        former.set("old", "forgotten");

        former.kill();
        JavaPeer successor = cluster.java(new PeerOptions("java", setting)
                .inPlaceOf(former)
                .generation(2)
                .seedNode(rust)
                .keyValue("life", "second"));

        assertSucceeded(former, successor, rust, witness);
    }

    @ParameterizedTest
    @EnumSource
    void aJavaMemberThatLeavesSaysSoToEveryoneBeforeItIsSilent(Setting setting, Cluster cluster) {
        JavaPeer stays = cluster.java(new PeerOptions("stays", setting));
        RustPeer rust = cluster.rust(new PeerOptions("rust", setting).seedNode(stays));
        JavaPeer leaves = cluster.java(new PeerOptions("leaves", setting).seedNode(stays));
        Cluster.awaitAllLive(stays, rust, leaves);
        rust.subscribe("gossip:");

        leaves.leave();

        Await.until(() -> assertThat(stays.left()).containsExactly(leaves.identity()));
        Await.until(() -> assertThat(rust.view().valueOf(leaves.identity(), "gossip:state"))
                .isEqualTo("leaving"));
        assertThat(rust.events()).containsExactly(List.of("leaves", "state", "leaving"));
        assertSeenDead(leaves.identity(), stays, rust);
        Cluster.awaitAllLive(stays, rust);
    }

    private static void assertSeenDead(NodeIdentity victim, Peer... survivors) {
        for (Peer survivor : survivors) {
            Await.until(() -> assertThat(survivor.view().dead())
                    .as("dead to %s", survivor)
                    .contains(victim));
        }
    }

    private static void assertSucceeded(Peer former, Peer successor, Peer... witnesses) {
        for (Peer witness : witnesses) {
            Await.until(() -> {
                View view = witness.view();
                assertThat(view.live())
                        .as("live to %s", witness)
                        .contains(successor.identity())
                        .doesNotContain(former.identity());
                assertThat(view.valueOf(successor.identity(), "life")).isEqualTo("second");
                assertThat(view.valueOf(successor.identity(), "old")).isNull();
            });
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@WithRust
@Timeout(600)
class ConvergenceTest {
    @ParameterizedTest
    @EnumSource
    void threeRustAndThreeJavaMembersConvergeInLessThanTenRounds(Setting setting, Cluster cluster) {
        JavaPeer first = cluster.java(slow("j1", setting));
        List<Peer> peers = List.of(
                first,
                cluster.rust(slow("r1", setting).seedNode(first)),
                cluster.java(slow("j2", setting).seedNode(first)),
                cluster.rust(slow("r2", setting).seedNode(first)),
                cluster.java(slow("j3", setting).seedNode(first)),
                cluster.rust(slow("r3", setting).seedNode(first)));

        Await.until(() -> {
            Cluster.assertAllLive(peers.toArray(Peer[]::new));
            for (Peer reader : peers) {
                View view = reader.view();
                for (Peer writer : peers) {
                    assertThat(view.valueOf(writer.identity(), "name"))
                            .as("%s of %s", "name", writer)
                            .isEqualTo(writer.nodeId());
                }
            }
        });
    }

    private static PeerOptions slow(String nodeId, Setting setting) {
        return new PeerOptions(nodeId, setting)
                .interval(Duration.ofMillis(400))
                .initialInterval(Duration.ofSeconds(1))
                .keyValue("name", nodeId);
    }

    @ParameterizedTest
    @CsvSource({"V0, V1", "V1, V0"})
    void membersThatOpenInDifferentVersionsConverge(ProtocolVersion java, ProtocolVersion rust, Cluster cluster) {
        RustPeer asked = cluster.rust(
                new PeerOptions("asked", Setting.V0_IPV4).protocol(rust).keyValue("from", "Rust"));
        JavaPeer opener = cluster.java(new PeerOptions("opener", Setting.V0_IPV4)
                .protocol(java)
                .keyValue("from", "Java")
                .seedNode(asked));
        RustPeer late = cluster.rust(
                new PeerOptions("late", Setting.V0_IPV4).protocol(rust).seedNode(opener));

        Cluster.awaitAllLive(asked, opener, late);

        Await.until(() -> {
            for (Peer peer : List.of(asked, opener, late)) {
                assertThat(peer.view().valueOf(asked.identity(), "from")).isEqualTo("Rust");
                assertThat(peer.view().valueOf(opener.identity(), "from")).isEqualTo("Java");
            }
        });
        assertThat(opener.stats().refused()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void membersOfAnotherClusterStayOut(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(new PeerOptions("java", setting));
        RustPeer rust = cluster.rust(new PeerOptions("rust", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust);

        RustPeer foreignRust = cluster.rust(
                new PeerOptions("foreign-rust", setting).clusterId("other").seedNode(java));
        JavaPeer foreignJava = cluster.java(
                new PeerOptions("foreign-java", setting).clusterId("other").seedNode(rust));

        // Refused by us, and told so by Rust.
        Await.until(() -> assertThat(java.stats().badClusters()).isGreaterThan(5));
        Await.until(() -> assertThat(foreignJava.stats().badClusters()).isGreaterThan(5));
        for (Peer alone : List.of(foreignRust, foreignJava)) {
            assertThat(alone.view().members()).containsOnlyKeys(alone.identity());
        }
        for (Peer together : List.of(java, rust)) {
            assertThat(together.view().members()).containsOnlyKeys(java.identity(), rust.identity());
        }
    }
}

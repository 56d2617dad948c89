/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deletions are forgotten after the grace period; who missed one must start that member's state anew. */
@WithRust
@Timeout(600)
class CollectionTest {
    private static final Duration GRACE = Duration.ofSeconds(1);

    @ParameterizedTest
    @EnumSource
    void tombstonesAreCollectedEverywhereAndLateJoinersStartBehindThem(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(member("java", setting));
        RustPeer rust = cluster.rust(member("rust", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust);
        for (Peer writer : List.of(java, rust)) {
            writer.set("stays", "1");
            writer.set("goes", "2");
            writer.delete("goes");
        }
        for (Peer writer : List.of(java, rust)) {
            for (Peer reader : List.of(java, rust)) {
                Await.until(() -> assertCollected(writer, reader));
            }
        }

        JavaPeer lateJava = cluster.java(member("late-java", setting).seedNode(rust));
        RustPeer lateRust = cluster.rust(member("late-rust", setting).seedNode(java));

        for (Peer writer : List.of(java, rust)) {
            for (Peer reader : List.of(lateJava, lateRust)) {
                Await.until(() -> assertCollected(writer, reader));
            }
        }
    }

    private static void assertCollected(Peer writer, Peer reader) {
        View.Known known = reader.view().of(writer.identity());
        assertThat(known.entries()).as("%s at %s", writer, reader).containsOnlyKeys("stays");
        assertThat(known.maxVersion()).isEqualTo(3);
        assertThat(known.lastGcVersion()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void aRustMemberThatMissedADeletionIsReset(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(member("java", setting));
        RustPeer rust = cluster.rust(member("rust", setting).seedNode(java));

        assertResetAfterPause(java, rust);
    }

    @ParameterizedTest
    @EnumSource
    void aJavaMemberThatMissedADeletionIsReset(Setting setting, Cluster cluster) {
        RustPeer rust = cluster.rust(member("rust", setting));
        JavaPeer java = cluster.java(member("java", setting).seedNode(rust));

        assertResetAfterPause(rust, java);
        assertThat(java.stats().resets()).isPositive();
    }

    private static void assertResetAfterPause(Peer writer, Peer sleeper) {
        Cluster.awaitAllLive(writer, sleeper);
        writer.set("stays", "1");
        writer.set("goes", "2");
        Await.until(
                () -> assertThat(sleeper.view().of(writer.identity()).entries()).containsOnlyKeys("stays", "goes"));

        sleeper.pause();
        writer.delete("goes");
        writer.set("comes", "4");
        Await.until(() ->
                assertThat(writer.view().of(writer.identity()).lastGcVersion()).isEqualTo(3));
        sleeper.resume();

        Await.until(() -> {
            View.Known known = sleeper.view().of(writer.identity());
            assertThat(known.entries()).containsOnlyKeys("stays", "comes");
            assertThat(known.lastGcVersion()).isEqualTo(3);
            assertThat(known.maxVersion()).isEqualTo(4);
        });
        Cluster.awaitAllLive(writer, sleeper);
    }

    private static PeerOptions member(String nodeId, Setting setting) {
        return new PeerOptions(nodeId, setting).tombstoneGrace(GRACE);
    }
}

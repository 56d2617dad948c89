/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.state.EntryStatus;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@WithRust
@Timeout(600)
class KeysTest {
    private static final Map<String, String> TEXTS = texts();

    @ParameterizedTest
    @EnumSource
    void whatOneKindSetsAndDeletesTheOtherSees(Setting setting, Cluster cluster) {
        Peer java = cluster.java(new PeerOptions("java", setting));
        Peer rust = cluster.rust(new PeerOptions("rust", setting).seedNode(java));

        for (Peer writer : List.of(java, rust)) {
            Peer reader = writer == java ? rust : java;
            writer.set("key", "first");
            Await.until(() -> assertValue(reader, writer, "key", "first"));
            writer.set("key", "second");
            Await.until(() -> assertValue(reader, writer, "key", "second"));
            writer.delete("key");
            Await.until(() -> assertStatus(reader, writer, "key", EntryStatus.TOMBSTONE));
            writer.set("key", "third");
            Await.until(() -> assertValue(reader, writer, "key", "third"));

            assertThat(reader.view().of(writer.identity()).entries())
                    .isEqualTo(writer.view().of(writer.identity()).entries());
            assertThat(reader.view().of(writer.identity()).maxVersion()).isEqualTo(4);
        }
    }

    @ParameterizedTest
    @EnumSource
    void keysWithATimeToLiveAreSeenUntilItIsOver(Setting setting, Cluster cluster) {
        Duration grace = Duration.ofSeconds(5); // they must be seen before, also on a busy machine
        Peer java = cluster.java(new PeerOptions("java", setting).tombstoneGrace(grace));
        Peer rust = cluster.rust(
                new PeerOptions("rust", setting).tombstoneGrace(grace).seedNode(java));
        Cluster.awaitAllLive(java, rust);

        for (Peer writer : List.of(java, rust)) {
            writer.set("marked", "later");
            writer.setWithTtl("short", "lived");
            writer.deleteAfterTtl("marked");
            writer.set("plain", "stays");
        }

        for (Peer writer : List.of(java, rust)) {
            for (Peer reader : List.of(java, rust)) {
                Await.until(() -> {
                    assertStatus(reader, writer, "short", EntryStatus.DELETE_AFTER_TTL);
                    assertStatus(reader, writer, "marked", EntryStatus.DELETE_AFTER_TTL);
                    assertValue(reader, writer, "short", "lived");
                    assertValue(reader, writer, "marked", "later");
                });
            }
        }
        for (Peer writer : List.of(java, rust)) {
            for (Peer reader : List.of(java, rust)) {
                Await.until(() -> assertThat(reader.view().of(writer.identity()).entries())
                        .as("%s at %s", writer, reader)
                        .containsOnlyKeys("plain"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anyTextArrivesUnchanged(Setting setting, Cluster cluster) {
        Peer java = cluster.java(new PeerOptions("java", setting));
        Peer rust = cluster.rust(new PeerOptions("rust", setting).seedNode(java));

        for (Peer writer : List.of(java, rust)) {
            Peer reader = writer == java ? rust : java;
            TEXTS.forEach(writer::set);

            Await.until(() -> assertThat(reader.fingerprintOf(writer.identity()))
                    .isEqualTo(writer.fingerprintOf(writer.identity())));
            View view = reader.view();
            TEXTS.forEach((key, value) ->
                    assertThat(view.valueOf(writer.identity(), key)).isEqualTo(value));
        }
    }

    @ParameterizedTest
    @EnumSource
    void twoMegabytesOfKeysGoBothWays(Setting setting, Cluster cluster) {
        Peer java = cluster.java(new PeerOptions("java", setting));
        Peer rust = cluster.rust(new PeerOptions("rust", setting));
        java.fill("k", 1_000, 2_000);
        rust.fill("k", 1_000, 2_000);
        Peer lateJava = cluster.java(
                new PeerOptions("late-java", setting).seedNode(java).seedNode(rust));
        Peer lateRust = cluster.rust(
                new PeerOptions("late-rust", setting).seedNode(java).seedNode(rust));

        for (Peer writer : List.of(java, rust)) {
            Fingerprint written = writer.fingerprintOf(writer.identity());
            assertThat(written.keys()).isEqualTo(1_000);
            for (Peer reader : List.of(java, rust, lateJava, lateRust)) {
                Await.until(
                        Duration.ofSeconds(40),
                        () -> assertThat(reader.fingerprintOf(writer.identity()))
                                .as("%s at %s", writer, reader)
                                .isEqualTo(written));
            }
        }
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("", "empty key");
        texts.put("empty value", "");
        texts.put("a=b\n\t\"\\", "line\r\nbreaks, \"quotes\" and \\ and \0 and \u007f");
        texts.put("price-€", "Füße, ключ, 日本語, العربية, עברית");
        texts.put("z-\u00e9", "e\u0301 is not \u00e9");
        texts.put("z-\uff5e", "sorts before the next in UTF-8, after it in UTF-16");
        texts.put("z-\ud83d\ude00", "\ud83d\ude00\ud83d\udc69\u200d\ud83d\udcbb\udbff\udfff\ufeff");
        texts.put("z-long", "0123456789abcdef\u20ac".repeat(1_600));
        texts.put("long-" + "k".repeat(10_000), "long key");
        return texts;
    }

    private static void assertValue(Peer reader, Peer writer, String key, String value) {
        assertThat(reader.view().valueOf(writer.identity(), key))
                .as("%s of %s at %s", key, writer, reader)
                .isEqualTo(value);
    }

    private static void assertStatus(Peer reader, Peer writer, String key, EntryStatus status) {
        assertThat(Objects.requireNonNull(reader.view().entryOf(writer.identity(), key), key)
                        .status())
                .as("%s of %s at %s", key, writer, reader)
                .isEqualTo(status);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.DecodeError;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is thrown at a Java member must not come out at the Rust members behind it. */
@WithRust
@Timeout(600)
class HostilityTest {
    private static final int BOMBS = 30;
    private static final int INVENTIONS = 100_000;
    private static final int INVENTIONS_PER_SYN = 800; // what fits a datagram in version 0

    @ParameterizedTest
    @EnumSource
    void aKeyThatStopsRustMembersIsNotPassedOn(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("java", setting));
        RustPeer rust = cluster.rust(steady("rust", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust);
        FakeMember fake = FakeMember.liveAt(java, setting);
        cluster.atTheEnd(fake::close);
        Await.until(() -> assertThat(rust.view().members()).containsKey(fake.identity()));

        List<KeyMutation> keys = List.of(
                new KeyMutation("harmless", "1", 1, EntryStatus.SET),
                new KeyMutation("\u00e9", "stops the reference", 2, EntryStatus.SET),
                new KeyMutation("\ud83d\ude00", "this one too", 3, EntryStatus.DELETE_AFTER_TTL));
        fake.voice().ack(java.address(), new NodeDelta(fake.identity(), 0, 0, keys, 3));

        Await.until(
                () -> assertThat(java.view().valueOf(fake.identity(), "\u00e9")).isNotNull());
        Await.until(() ->
                assertThat(rust.view().valueOf(fake.identity(), "harmless")).isEqualTo("1"));
        Await.until(() -> assertThat(java.stats().harmfulKeysHeld()).isGreaterThanOrEqualTo(2));
        long later = java.stats().rounds() + 10;
        Await.until(() -> assertThat(java.stats().rounds()).isGreaterThan(later));
        assertThat(rust.isAlive()).isTrue();
        assertThat(rust.view().of(fake.identity()).entries()).containsOnlyKeys("harmless");
        assertKeysStillFlow(java, rust);
    }

    @ParameterizedTest
    @EnumSource
    void aHundredThousandInventedMembersDoNotReachRustMembers(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("java", setting));
        RustPeer rust = cluster.rust(steady("rust", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust);
        Stranger stranger = new Stranger(setting);
        cluster.atTheEnd(stranger::close);

        for (int first = 0; first < INVENTIONS; first += INVENTIONS_PER_SYN) {
            stranger.synAnswered(java.address(), inventions(first, setting));
        }

        assertThat(java.stats().hearsay()).isEqualTo(10_000);
        Cluster.assertAllLive(java, rust);
        assertKeysStillFlow(java, rust);
        for (Peer peer : List.of(java, rust)) {
            assertThat(peer.view().members()).containsOnlyKeys(java.identity(), rust.identity());
        }
    }

    /** No stall of the machine makes it dead to others. */
    private static PeerOptions steady(String nodeId, Setting setting) {
        return new PeerOptions(nodeId, setting).phiThreshold(50);
    }

    private static List<NodeDigest> inventions(int first, Setting setting) {
        return IntStream.range(first, first + INVENTIONS_PER_SYN)
                .mapToObj(i -> {
                    // Ports that no socket of a test gets: who speaks from the address he tells of is no invention.
                    GossipAddress address = GossipAddress.parse(setting.host + ":" + (1 + i % 1_000));
                    return new NodeDigest(new NodeIdentity("invented" + i, 1, address), 7, 0, 5);
                })
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void decompressionBombsHarmNobody(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("java", setting));
        RustPeer rust = cluster.rust(steady("rust", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust);
        Stranger stranger = new Stranger(setting);
        cluster.atTheEnd(stranger::close);

        for (int i = 0; i < BOMBS; i++) {
            int type = i % 3;
            stranger.send(bomb(type), java.address());
            long sent = i + 1L;
            Await.until(() -> assertThat(java.stats().refused()).isEqualTo(Map.of(DecodeError.STREAM_TOO_LARGE, sent)));
        }

        Cluster.assertAllLive(java, rust);
        assertKeysStillFlow(java, rust);
    }

    // SYN, SYN-ACK or ACK in version 1: each begins with a stream, here of almost 200 MB in less than 65,507 bytes.
    private static byte[] bomb(int type) {
        byte[] block = Zstd.compress(new byte[65_535]);
        ByteBuffer datagram = ByteBuffer.allocate(65_507).order(ByteOrder.LITTLE_ENDIAN);
        datagram.put(new byte[] {0x53, (byte) 0xb0, 1, (byte) type});
        while (datagram.remaining() > block.length + 3) {
            datagram.put((byte) 1).putShort((short) block.length).put(block);
        }
        datagram.put((byte) 0);
        return Arrays.copyOf(datagram.array(), datagram.position());
    }

    @ParameterizedTest
    @EnumSource
    void aRustMemberJoinsWhileAStrangerUsesUpTheReplyLimit(Setting setting, Cluster cluster) {
        JavaPeer java = cluster.java(steady("java", setting).replyLimitBytes(65_536));
        RustPeer rust = cluster.rust(steady("rust", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust);
        java.fill("k", 100, 2_000);
        floodWithEmptySyns(java, setting, cluster);
        Await.until(() -> assertThat(java.stats().repliesLimited()).isGreaterThan(100));

        RustPeer joiner = cluster.rust(steady("joiner", setting).seedNode(java));
        Cluster.awaitAllLive(java, rust, joiner);
        Await.until(
                () -> assertThat(joiner.fingerprintOf(java.identity())).isEqualTo(java.fingerprintOf(java.identity())));
    }

    private static void floodWithEmptySyns(Peer target, Setting setting, Cluster cluster) {
        Stranger stranger = new Stranger(setting);
        ScheduledExecutorService flood = Executors.newSingleThreadScheduledExecutor();
        Future<?> flooding =
                flood.scheduleAtFixedRate(() -> stranger.syn(target.address(), List.of()), 0, 1, TimeUnit.MILLISECONDS);
        cluster.atTheEnd(() -> {
            flooding.cancel(false);
            flood.shutdownNow();
            stranger.close();
        });
    }

    private static void assertKeysStillFlow(JavaPeer java, RustPeer rust) {
        java.set("after", "Java");
        rust.set("after", "Rust");
        Await.until(
                () -> assertThat(rust.view().valueOf(java.identity(), "after")).isEqualTo("Java"));
        Await.until(
                () -> assertThat(java.view().valueOf(rust.identity(), "after")).isEqualTo("Rust"));
        assertThat(rust.isAlive()).isTrue();
    }
}

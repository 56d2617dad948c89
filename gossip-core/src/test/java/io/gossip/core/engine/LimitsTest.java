/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sizes and rates: what is refused, what is cut, and that nothing beyond a limit stops the node. */
class LimitsTest {
    private final VirtualCluster cluster = new VirtualCluster(4);

    @Test
    void refusesAnEntryThatIsTooLargeNamingKeySizeAndLimit() {
        VirtualCluster.Node node = cluster.start("a", 1);

        assertThatThrownBy(() -> node.with(a -> a.set("big", "x".repeat(40_000))))
                .isInstanceOf(RefusedWriteException.class)
                .hasMessageContainingAll("'big'", "40003", "32768");
        assertThat(node.with(a -> a.set("after", "1")).version()).isEqualTo(1);
    }

    @Test
    void refusesAKeyThatWouldStopRustPeersUnlessThereAreNone() {
        VirtualCluster.Node interop = cluster.start("a", 1);
        VirtualCluster.Node jvm = cluster.start("b", 1, 2, Map.of(), b -> b.profile(Profile.JVM));

        assertThatThrownBy(() -> interop.with(a -> a.set("ключ", "1")))
                .isInstanceOf(RefusedWriteException.class)
                .extracting("reason")
                .isEqualTo(RefusedWriteException.Reason.HARMS_PEERS);
        assertThat(jvm.with(a -> a.set("ключ", "1")).version()).isEqualTo(1);
    }

    @Test
    void usersCannotWriteReservedKeys() {
        VirtualCluster.Node node = cluster.start("a", 1);
        assertThatThrownBy(() -> node.with(a -> a.set("gossip:state", "leaving")))
                .isInstanceOf(RefusedWriteException.class)
                .extracting("reason")
                .isEqualTo(RefusedWriteException.Reason.RESERVED);
    }

    @Test
    void largeAnswersToStrangersAreBoundedPerSecondButEveryoneIsAnswered() {
        VirtualCluster.Node node = cluster.start("a", 1);
        for (int i = 0; i < 30; i++) {
            String key = "k" + i;
            node.with(a -> a.set(key, randomText(30_000)));
        }
        VirtualCluster.Outsider stranger = cluster.outsider(9);

        for (int i = 0; i < 200; i++) {
            stranger.syn(node);
        }

        long bytes = stranger.inbox.stream().mapToLong(d -> d.length).sum();
        assertThat(bytes).isLessThan((long) (1.6 * 1024 * 1024));
        assertThat(stranger.inbox.size()).isGreaterThan(20);
        assertThat(node.with(ClusterAccess::stats).repliesLimited()).isPositive();

        VirtualCluster.Node late = cluster.start("b", 2, 1);
        cluster.runUntil(
                () -> late.live().size() == 2 && node.live().size() == 2 && late.valueOf(node, "k29") != null,
                Duration.ofSeconds(5));
    }

    @Test
    void anAnswerThatNeededNoCuttingDoesNotCountAsLimited() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of("k", "v"), b -> b.replyLimitBytes(1_000));
        VirtualCluster.Outsider stranger = cluster.outsider(9);

        for (int i = 0; i < 5; i++) {
            stranger.syn(node, entry(stranger.identity("peer", 1), i + 1));
        }

        assertThat(stranger.inbox).hasSizeGreaterThanOrEqualTo(5);
        assertThat(node.with(ClusterAccess::stats).repliesLimited()).isZero();
    }

    private final java.util.Random random = new java.util.Random(5);

    private String randomText(int length) {
        return random.ints(length, 33, 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void aDigestBeyondADatagramIsSentInPartAndNeverStopsTheNode(ProtocolVersion version) {
        int count = version == ProtocolVersion.V0 ? 2_000 : 9_000;
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of("k", "v"), b -> b.protocolVersion(version), 9);
        for (int from = 0; from < count; from += 500) {
            int first = from;
            seed.syn(
                    node,
                    IntStream.range(first, first + 500)
                            .mapToObj(i -> entry(
                                    new NodeIdentity(
                                            "node-" + Long.toHexString(i * 0x9E3779B97F4A7C15L),
                                            random.nextLong(),
                                            VirtualCluster.address(10_000 + i)),
                                    random.nextInt(1_000_000) + 1))
                            .toArray(NodeDigest[]::new));
        }
        assertThat(node.snapshot().members()).hasSize(count + 1);
        seed.inbox.clear();

        cluster.run(VirtualCluster.INTERVAL.multipliedBy(3));

        assertThat(seed.inbox).isNotEmpty().allSatisfy(d -> assertThat(d.length).isLessThanOrEqualTo(65_507));
        Message.Syn syn = seed.last(Message.Syn.class);
        assertThat(syn.digest().size()).isBetween(500, count);
        assertThat(IntStream.range(0, syn.digest().size())
                        .mapToObj(i -> syn.digest().identity(i).nodeId()))
                .contains("a");
        assertThat(node.with(ClusterAccess::stats).digestsPartial()).isPositive();
        assertThat(node.effects)
                .anyMatch(e -> e instanceof Effect.Notice n && n.kind() == Effect.Notice.Kind.DIGEST_SIZE);
    }

    @Test
    void theCapOnMembersHolds() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxMembers(10), 9);
        seed.syn(
                node,
                IntStream.range(0, 100)
                        .mapToObj(i -> entry(new NodeIdentity("x" + i, 1, VirtualCluster.address(100 + i)), 1))
                        .toArray(NodeDigest[]::new));

        assertThat(node.snapshot().members()).hasSize(10);
        assertThat(node.with(ClusterAccess::stats).membersCapped()).isEqualTo(91);
    }
}

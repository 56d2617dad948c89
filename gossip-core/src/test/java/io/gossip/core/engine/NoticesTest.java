/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What operators are told: each change once, and of a flood no more than they can read. */
class NoticesTest {
    private final VirtualCluster cluster = new VirtualCluster(7);

    @Test
    void aStateThatIsFullIsToldOfOnceCountedAndToldOfAgainAfterThereWasRoom() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxStateBytes(1 << 20));
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");

        peer.ack(node, large(peer, 0, 13));
        cluster.run(VirtualCluster.INTERVAL);
        for (int round = 0; round < 5; round++) {
            peer.ack(node, large(peer, 13, 18));
            cluster.run(VirtualCluster.INTERVAL);
        }

        EngineStats stats = node.with(ClusterAccess::stats);
        assertThat(stats.stateCapped()).isEqualTo(5);
        assertThat(stats.nodeDeltasIgnored()).isZero();
        assertThat(notices(node, Effect.Notice.Kind.STATE_CAPPED))
                .singleElement()
                .asString()
                .contains("max-state-bytes", "peer");

        cluster.run(VirtualCluster.INTERVAL.multipliedBy(2));
        peer.ack(node, large(peer, 13, 18));
        assertThat(notices(node, Effect.Notice.Kind.STATE_CAPPED)).hasSize(2);
    }

    @Test
    void whatIsReplacedTakesNoRoom() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxStateBytes(1 << 20));
        VirtualCluster.Outsider peer = cluster.liveOutsider(node, 9, "peer");

        for (int i = 0; i < 5; i++) {
            long before = 8L * i;
            List<KeyMutation> same = raised(large(peer, 0, 8).mutations(), before);
            peer.ack(node, new NodeDelta(peer.identity("peer", 1), 0, before, same, before + 8));
        }

        EngineStats stats = node.with(ClusterAccess::stats);
        assertThat(stats.deltaEntriesApplied()).isEqualTo(40);
        assertThat(stats.stateCapped()).isZero();
    }

    @Test
    void ofAFloodOfNoticesFiveAMinuteAreHandedOutAndTheLastSaysSo() {
        VirtualCluster.Node node = cluster.start("a", 1);
        for (int port = 100; port < 400; port++) {
            sayForeignCluster(node, port);
        }

        assertThat(notices(node, Effect.Notice.Kind.BAD_CLUSTER)).hasSize(5);
        assertThat(notices(node, Effect.Notice.Kind.BAD_CLUSTER).get(3)).doesNotContain("only counted");
        assertThat(notices(node, Effect.Notice.Kind.BAD_CLUSTER).get(4)).contains("only counted");
        assertThat(node.with(ClusterAccess::stats).noticesWithheld()).isEqualTo(295);

        cluster.run(Duration.ofSeconds(61));
        sayForeignCluster(node, 500);
        assertThat(notices(node, Effect.Notice.Kind.BAD_CLUSTER)).hasSize(6);
    }

    @Test
    void aFloodOfOneKindKeepsNoNoticeOfAnotherBack() {
        VirtualCluster.Node node = cluster.start("a", 1);
        for (int port = 100; port < 120; port++) {
            sayForeignCluster(node, port);
        }

        for (int port : new int[] {9, 10}) {
            VirtualCluster.Outsider twin = cluster.outsider(port);
            twin.syn(node, entry(twin.identity("twin", 1), 1));
        }

        assertThat(notices(node, Effect.Notice.Kind.DUPLICATE_GENERATION)).hasSize(1);
    }

    @Test
    void strangersReplaceOneAnotherNoFasterThanTwentyASecond() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxMembers(40));
        long begin = cluster.nowNanos;
        int port = 1_000;
        while (cluster.nowNanos - begin < Duration.ofSeconds(4).toNanos()) {
            VirtualCluster.Outsider stranger = cluster.outsider(port);
            stranger.syn(node, entry(stranger.identity("x" + port, 1), 1));
            port++;
        }

        long joined = node.events.stream()
                .filter(e -> e instanceof ClusterEvent.MemberJoined)
                .count();
        assertThat(joined).isBetween(10L + 4 * 20 - 5, 10L + 20 + 4 * 20 + 5);
        assertThat(node.with(ClusterAccess::stats).membersCapped()).isGreaterThan(1_000);
    }

    private void sayForeignCluster(VirtualCluster.Node node, int port) {
        cluster.outsider(port).send(node, new Message.Syn(Digest.of(List.of()), "foreign"));
    }

    private static List<String> notices(VirtualCluster.Node node, Effect.Notice.Kind kind) {
        return node.effects.stream()
                .filter(e -> e instanceof Effect.Notice n && n.kind() == kind)
                .map(e -> ((Effect.Notice) e).text())
                .toList();
    }

    private static List<KeyMutation> raised(List<KeyMutation> mutations, long by) {
        return mutations.stream()
                .map(it -> new KeyMutation(it.key(), it.value(), it.version() + by, it.status()))
                .toList();
    }

    private static NodeDelta large(VirtualCluster.Outsider owner, long from, long to) {
        List<KeyMutation> mutations = LongStream.rangeClosed(from + 1, to)
                .mapToObj(version -> new KeyMutation("k" + version, "x".repeat(60_000), version, EntryStatus.SET))
                .toList();
        return new NodeDelta(owner.identity("peer", 1), 0, from, mutations, to);
    }
}

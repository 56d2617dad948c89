/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Going on at once when an answer had no room for everything, and when not to. */
class CatchUpTest {
    private static final Duration WITHIN_A_ROUND = Duration.ofMillis(1);

    private final VirtualCluster cluster = new VirtualCluster(1);

    @Test
    void fetchesMoreThanADatagramHoldsWithinOneRound() {
        Map<String, String> keys = new HashMap<>();
        for (int i = 0; i < 5_000; i++) {
            keys.put("key-" + i, "v".repeat(100) + i);
        }
        VirtualCluster.Node owner = cluster.start("a", 1, 1, keys, b -> b.replyLimitBytes(0));
        VirtualCluster.Node newcomer = cluster.start("b", 1, 2, Map.of(), b -> b.maxDatagramBytes(16_000), 1);

        cluster.runUntil(() -> fetched(newcomer, owner) == keys.size(), Duration.ofSeconds(5));

        assertThat(rounds(newcomer)).as("rounds of the newcomer").isEqualTo(1);
    }

    @Test
    void doesNotAskAgainWhoBringsNothingNew() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);
        cluster.run(WITHIN_A_ROUND);

        seed.send(node, new Message.SynAck(shows(seed, 100), Delta.EMPTY));

        assertThat(syns(node)).isEqualTo(1);
    }

    @Test
    void doesNotAskAgainWhoHasNoMoreToTell() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);
        cluster.run(WITHIN_A_ROUND);

        seed.send(node, answer(seed, 1, 1));

        assertThat(syns(node)).isEqualTo(1);
    }

    @Test
    void asksAgainOncePerAnswerThatItAskedFor() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 9);
        cluster.run(WITHIN_A_ROUND);

        seed.send(node, answer(seed, 1, 100));
        assertThat(syns(node)).isEqualTo(2);

        seed.send(node, answer(seed, 2, 100));
        assertThat(syns(node)).isEqualTo(3);
    }

    @Test
    void doesNotAskAgainForAnswersThatItDidNotAskFor() {
        VirtualCluster.Outsider peer = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 1);
        cluster.run(WITHIN_A_ROUND);
        node.handle(new Input.SeedNodesResolved(java.util.Set.of(VirtualCluster.address(9))));

        peer.send(node, answer(peer, 1, 100));

        assertThat(syns(node)).isZero();
    }

    @Test
    void asksAgainABoundedNumberOfTimesPerRound() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.gossipInterval(Duration.ofHours(1)), 9);
        cluster.run(WITHIN_A_ROUND);

        for (int version = 1; version <= 2 * CatchUp.MOST_PER_ROUND; version++) {
            seed.send(node, answer(seed, version, 1_000));
        }

        assertThat(syns(node)).isEqualTo(1 + CatchUp.MOST_PER_ROUND);
    }

    private static Message.SynAck answer(VirtualCluster.Outsider from, long version, long shown) {
        KeyMutation mutation = new KeyMutation("key-" + version, "value", version, EntryStatus.SET);
        NodeDelta delta = new NodeDelta(identity(from), 0, version - 1, List.of(mutation), version);
        return new Message.SynAck(shows(from, shown), new Delta(List.of(delta)));
    }

    private static Digest shows(VirtualCluster.Outsider of, long maxVersion) {
        return Digest.of(List.of(new NodeDigest(identity(of), 5, 0, maxVersion)));
    }

    private static NodeIdentity identity(VirtualCluster.Outsider of) {
        return of.identity("seed", 1);
    }

    private static int fetched(VirtualCluster.Node by, VirtualCluster.Node of) {
        return by.with(state -> state.keys(of.identity(), "")).size();
    }

    private static long rounds(VirtualCluster.Node node) {
        return node.with(ClusterAccess::stats).rounds();
    }

    private static long syns(VirtualCluster.Node node) {
        return node.effects.stream()
                .filter(effect -> effect instanceof Effect.Send send && send.type() == EngineStats.DatagramType.SYN)
                .count();
    }
}

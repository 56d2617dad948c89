/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static io.gossip.core.engine.VirtualCluster.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Delta;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.reconcile.NodeDigest;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.Envelope;
import io.gossip.core.wire.IdentityTable;
import io.gossip.core.wire.MessageCodec;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large an answer may be, to whom, and what is in it when not all fits. */
class AnswerBudgetTest {
    private final VirtualCluster cluster = new VirtualCluster(9);
    private final Random random = new Random(9);
    private final MessageCodec codec = new MessageCodec(1 << 24, new IdentityTable());

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void theRoomForValuesIsThatOfTheVersionReallySent(ProtocolVersion version) {
        ProtocolVersion configured = version == ProtocolVersion.V0 ? ProtocolVersion.V1 : ProtocolVersion.V0;
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start(
                "a", 1, 1, Map.of(), b -> b.protocolVersion(configured).replyLimitBytes(0), 9);
        seed.syn(
                node,
                IntStream.range(0, 250)
                        .mapToObj(i -> entry(
                                new NodeIdentity(
                                        "node-" + i + "-" + "x".repeat(100), 1, VirtualCluster.address(100 + i)),
                                1))
                        .toArray(NodeDigest[]::new));
        for (String key : List.of("k", "l")) {
            node.with(a -> a.set(key, text(27_000)));
        }
        VirtualCluster.Outsider asker = cluster.outsider(10);

        asker.raw(node, codec.encode(new Envelope(version, new Message.Syn(Digest.of(List.of()), "test"))));

        Message.SynAck answer = asker.last(Message.SynAck.class);
        int values = answer.delta().nodeDeltas().stream()
                .mapToInt(d -> d.mutations().size())
                .sum();
        assertThat(asker.inbox.get(0).length).isLessThanOrEqualTo(65_507);
        assertThat(values).isEqualTo(version == ProtocolVersion.V0 ? 1 : 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {512, 1_200, 9_000, 65_507})
    void noDatagramIsLongerThanConfiguredAndTheStateStillSpreads(int most) {
        VirtualCluster.Node a = cluster.start("a", 1, 1, Map.of(), b -> b.maxDatagramBytes(most));
        VirtualCluster.Node b = cluster.start("b", 1, 2, Map.of(), x -> x.maxDatagramBytes(most), 1);
        for (int i = 0; i < 60; i++) {
            String key = "k" + i;
            a.with(x -> x.set(key, text(200)));
        }

        cluster.runUntil(() -> b.valueOf(a, "k59") != null, Duration.ofSeconds(20));

        assertThat(a.effects)
                .filteredOn(e -> e instanceof Effect.Send)
                .allSatisfy(e -> assertThat(((Effect.Send) e).datagram().length).isLessThanOrEqualTo(most));
    }

    @Test
    void aDatagramTooShortForTheNodeItselfIsRefusedAtOnce() {
        NodeIdentity self = new NodeIdentity("x".repeat(1_000), 1, VirtualCluster.address(1));
        assertThatThrownBy(() ->
                        GossipConfig.builder(self, "c").maxDatagramBytes(1_200).build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1200");
    }

    @Test
    void aNodeThatMayHardlyWriteCanStillSayGoodbye() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxEntryBytes(1));
        node.handle(new Input.LeaveRequested());
        assertThat(node.valueOf(node, ReservedKeys.STATE)).isEqualTo(ReservedKeys.LEAVING);
    }

    @Test
    void aPartialDigestHoldsOurselvesThenTheLiveThenTheDead() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("m", 1, 1, Map.of(), b -> b.maxDatagramBytes(1_200), 9);
        for (int beat = 1; beat <= 3; beat++) {
            int heartbeat = beat;
            for (int part = 0; part < 2; part++) {
                int from = part * 50;
                seed.syn(
                        node,
                        IntStream.range(from, from + 50)
                                .mapToObj(i -> entry(named(i), i % 10 == 0 ? heartbeat : 1))
                                .toArray(NodeDigest[]::new));
            }
        }
        cluster.run(VirtualCluster.INTERVAL);
        assertThat(node.live()).hasSize(11);
        seed.inbox.clear();

        seed.syn(node);

        Digest digest = seed.last(Message.SynAck.class).digest();
        List<String> ids = IntStream.range(0, digest.size())
                .mapToObj(i -> digest.identity(i).nodeId())
                .toList();
        assertThat(ids).contains("m", "n0", "n10", "n20", "n90").hasSizeBetween(12, 40);
    }

    @Test
    void aForeignEntryThatFitsNoDatagramHoldsUpNobodyElse() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.maxDatagramBytes(1_200));
        VirtualCluster.Outsider big = cluster.liveOutsider(node, 9, "big");
        VirtualCluster.Outsider small = cluster.liveOutsider(node, 10, "small");
        big.ack(node, delta(big.identity("big", 1), text(20_000)));
        small.ack(node, delta(small.identity("small", 1), "v"));
        VirtualCluster.Outsider asker = cluster.liveOutsider(node, 11, "asker");

        asker.syn(node);

        assertThat(asker.last(Message.SynAck.class).delta().nodeDeltas())
                .extracting(d -> d.identity().nodeId())
                .containsExactly("small");
    }

    @Test
    void manyTinyKeysCountAsWhatTheyReallyTake() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider stranger = cluster.outsider(9);
        NodeIdentity identity = stranger.identity("x", 1);
        stranger.syn(node, entry(identity, 1));
        for (int from = 0; from < 60_000; from += 5_000) {
            List<KeyMutation> mutations = IntStream.range(from, from + 5_000)
                    .mapToObj(i -> new KeyMutation(Integer.toString(i, 36), "", i + 1, EntryStatus.TOMBSTONE))
                    .toList();
            stranger.ack(node, new NodeDelta(identity, 0, 0, mutations, from + 5_000));
        }

        int held = node.with(a -> a.node(identity)).orElseThrow().entries().size();
        assertThat(held).isLessThan(5_000);
    }

    @Test
    void withSolicitedAnswersOnlyNobodyElseIsListenedTo() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.solicitedAnswersOnly(true));
        VirtualCluster.Outsider peer = cluster.outsider(9);
        peer.send(node, new Message.SynAck(Digest.of(List.of(entry(peer.identity("p", 1), 1))), Delta.EMPTY));
        assertThat(node.snapshot().members()).hasSize(1);

        node.handle(new Input.GossipRequested(peer.address));
        peer.send(node, new Message.SynAck(Digest.of(List.of(entry(peer.identity("p", 1), 1))), Delta.EMPTY));
        assertThat(node.snapshot().members()).hasSize(2);
    }

    @Test
    void nobodyCanMakeANodeAnswerItself() {
        VirtualCluster.Node node = cluster.start("a", 1);
        byte[] syn = codec.encode(new Envelope(ProtocolVersion.V0, new Message.Syn(Digest.of(List.of()), "test")));
        node.effects.clear();

        node.handle(new Input.Received(syn, node.address));

        assertThat(node.effects).isEmpty();
    }

    @Test
    void whatStrangersAreCalledForgesNoLineOfTheLog() {
        VirtualCluster.Node node = cluster.start("a", 1);
        cluster.outsider(9).send(node, new Message.Syn(Digest.of(List.of()), "x\nERROR " + "y".repeat(9_000)));

        assertThat(node.effects)
                .filteredOn(e -> e instanceof Effect.Notice)
                .singleElement()
                .satisfies(e -> assertThat(((Effect.Notice) e).text())
                        .doesNotContain("\n")
                        .hasSizeLessThan(600));
    }

    @Test
    void aThrowingLivenessPredicateCountsAsNotPassingAndStopsNothing() {
        VirtualCluster.Node node = cluster.start(
                "a",
                1,
                1,
                Map.of(),
                b -> b.livenessPredicate(n -> {
                    if (n.identity().nodeId().equals("b")) {
                        throw new IllegalStateException("no");
                    }
                    return true;
                }));
        cluster.start("b", 2, 1);
        cluster.runUntil(() -> node.live().size() == 2, Duration.ofSeconds(5));
        cluster.run(Duration.ofSeconds(3));

        List<Effect> published = node.effects.stream()
                .filter(e -> e instanceof Effect.LiveNodesChanged)
                .toList();
        assertThat(published)
                .as("the first round, and the join")
                .hasSize(2)
                .allSatisfy(e -> assertThat(((Effect.LiveNodesChanged) e).liveNodes())
                        .extracting(n -> n.identity().nodeId())
                        .containsExactly("a"));
    }

    private static NodeIdentity named(int i) {
        return new NodeIdentity("n" + i, 1, VirtualCluster.address(100 + i));
    }

    private static NodeDelta delta(NodeIdentity owner, String value) {
        return new NodeDelta(owner, 0, 0, List.of(new KeyMutation("k", value, 1, EntryStatus.SET)), 1);
    }

    private String text(int length) {
        return random.ints(length, 33, 127)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.message.Message;
import io.gossip.core.reconcile.Digest;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The server behaviours of the reference, asked of the engine message by message. */
class HandshakeTest {
    private final VirtualCluster cluster = new VirtualCluster(1);

    @Test
    void sendsASynToItsSeedNodeInTheFirstRound() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        cluster.start("a", 1, 9);

        cluster.run(Duration.ofMillis(10));

        Message.Syn syn = seed.last(Message.Syn.class);
        assertThat(syn.clusterId()).isEqualTo("test");
        assertThat(syn.digest().size()).isEqualTo(1);
        assertThat(syn.digest().heartbeat(0))
                .as("one at start, one for the round")
                .isEqualTo(2);
    }

    @Test
    void answersASynWithItsDigestAndWhatTheOpenerLacks() {
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of("color", "red"), b -> b);
        VirtualCluster.Outsider peer = cluster.outsider(9);

        peer.syn(node, VirtualCluster.entry(peer.identity("peer", 1), 5));

        Message.SynAck answer = peer.last(Message.SynAck.class);
        assertThat(answer.digest().size()).isEqualTo(2);
        assertThat(answer.delta().nodeDeltas()).singleElement().satisfies(delta -> {
            assertThat(delta.identity()).isEqualTo(node.identity());
            assertThat(delta.mutations())
                    .singleElement()
                    .satisfies(m -> assertThat(m.value()).isEqualTo("red"));
        });
    }

    @Test
    void answersASynAckWithAnAckOfWhatTheOtherLacks() {
        VirtualCluster.Outsider seed = cluster.outsider(9);
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of("color", "red"), b -> b, 9);
        cluster.run(Duration.ofMillis(10));

        seed.send(node, new Message.SynAck(Digest.of(List.of()), io.gossip.core.reconcile.Delta.EMPTY));

        List<NodeDelta> deltas = seed.last(Message.Ack.class).delta().nodeDeltas();
        assertThat(deltas)
                .singleElement()
                .satisfies(d -> assertThat(d.maxVersion()).isEqualTo(1));
    }

    @ParameterizedTest
    @EnumSource(ProtocolVersion.class)
    void answersInTheVersionOfTheQuestionNotInItsOwn(ProtocolVersion asked) {
        ProtocolVersion configured = asked == ProtocolVersion.V0 ? ProtocolVersion.V1 : ProtocolVersion.V0;
        VirtualCluster.Node node = cluster.start("a", 1, 1, Map.of(), b -> b.protocolVersion(configured));
        VirtualCluster.Node peer = cluster.start("b", 1, 2, Map.of(), b -> b.protocolVersion(asked), 1);

        cluster.run(Duration.ofMillis(5));

        assertThat(node.effects)
                .filteredOn(e -> e instanceof Effect.Send send && send.target().equals(peer.address))
                .isNotEmpty()
                .allSatisfy(e -> assertThat(((Effect.Send) e).datagram()[2])
                        .isEqualTo((byte) (asked == ProtocolVersion.V0 ? 0 : 1)));
    }

    @Test
    void answersAForeignClusterWithBadClusterAndRemembersNothing() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = cluster.outsider(9);

        peer.send(node, new Message.Syn(Digest.of(List.of(VirtualCluster.entry(peer.identity("x", 1), 5))), "other"));

        assertThat(peer.last(Message.BadCluster.class)).isNotNull();
        assertThat(node.snapshot().members()).hasSize(1);
        assertThat(node.with(ClusterAccess::stats).badClusters()).isEqualTo(1);
        assertThat(node.effects)
                .anyMatch(e -> e instanceof Effect.Notice n && n.text().contains("'other'"));
    }

    @Test
    void raisesItsHeartbeatForEveryMessageThatDecodesAndForNoOther() {
        VirtualCluster.Node node = cluster.start("a", 1);
        VirtualCluster.Outsider peer = cluster.outsider(9);
        cluster.run(Duration.ofMillis(10)); // the first round is over
        long before = heartbeat(node);

        peer.send(node, new Message.BadCluster());
        peer.raw(node, new byte[] {1, 2, 3});

        assertThat(heartbeat(node)).isEqualTo(before + 1);
    }

    @Test
    void membersMeetThroughASeedNodeAndSeeEachOthersKeys() {
        VirtualCluster.Node a = cluster.start("a", 1, 1, Map.of("k", "va"), b -> b);
        VirtualCluster.Node b = cluster.start("b", 1, 2, Map.of("k", "vb"), x -> x, 1);
        VirtualCluster.Node c = cluster.start("c", 1, 3, Map.of("k", "vc"), x -> x, 1);

        Duration took = cluster.runUntil(
                () -> List.of(a, b, c).stream()
                        .allMatch(n -> n.live().size() == 3
                                && "va".equals(n.valueOf(a, "k"))
                                && "vb".equals(n.valueOf(b, "k"))
                                && "vc".equals(n.valueOf(c, "k"))),
                Duration.ofSeconds(5));

        assertThat(took).as("ten rounds").isLessThan(VirtualCluster.INTERVAL.multipliedBy(10));
    }

    @Test
    void aSilentMemberIsDeadAndComesBackWhenItBeatsAgain() {
        VirtualCluster.Node a = cluster.start("a", 1);
        VirtualCluster.Node b = cluster.start("b", 2, 1);
        cluster.runUntil(() -> a.live().size() == 2 && b.live().size() == 2, Duration.ofSeconds(5));

        cluster.links((from, to) -> false);
        cluster.runUntil(() -> a.live().size() == 1, Duration.ofSeconds(20));
        assertThat(revivals(a)).as("going live for the first time is none").isZero();
        cluster.links((from, to) -> true);

        cluster.runUntil(() -> a.live().size() == 2 && b.live().size() == 2, Duration.ofSeconds(10));
        assertThat(revivals(a)).isOne();
    }

    @Test
    void neverWritesToItself() {
        VirtualCluster.Node a = cluster.start("a", 1, 1, 2);
        cluster.start("b", 2, 1, 2);
        cluster.run(Duration.ofSeconds(3));
        a.handle(new Input.GossipRequested(a.address));

        assertThat(a.effects)
                .filteredOn(e -> e instanceof Effect.Send)
                .noneMatch(e -> ((Effect.Send) e).target().equals(a.address));
    }

    private static long revivals(VirtualCluster.Node node) {
        return node.with(ClusterAccess::stats).revivals();
    }

    private static long heartbeat(VirtualCluster.Node node) {
        return node.with(a -> a.node(a.self())).orElseThrow().heartbeat();
    }
}

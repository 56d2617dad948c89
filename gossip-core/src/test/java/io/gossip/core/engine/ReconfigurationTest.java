/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.event.ClusterEvent;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A running member takes part in another way; nobody is found dead because of it. */
class ReconfigurationTest {
    private static final DetectorSettings SETTINGS =
            new DetectorSettings(8.0, 1_000, Duration.ofSeconds(10), VirtualCluster.INTERVAL);

    private final VirtualCluster cluster = new VirtualCluster(4711);
    private final List<VirtualCluster.Node> nodes = new ArrayList<>();

    @ParameterizedTest
    @EnumSource(DetectorRule.class)
    void membersThatSlowDownTogetherDoNotLookSilent(DetectorRule rule) {
        start(5, rule);
        cluster.run(Duration.ofMinutes(3));
        everyone(b -> b.gossipInterval(Duration.ofSeconds(3)), Duration.ofMillis(400));
        cluster.run(Duration.ofMinutes(20));
        assertThat(deaths()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DetectorRule.class)
    void membersThatSpeedUpTogetherDoNotLookSilent(DetectorRule rule) {
        start(5, rule);
        everyone(b -> b.gossipInterval(Duration.ofSeconds(3)), Duration.ZERO);
        cluster.run(Duration.ofMinutes(10));
        everyone(b -> b.gossipInterval(Duration.ofMillis(50)), Duration.ofSeconds(20));
        cluster.run(Duration.ofMinutes(5));
        assertThat(deaths()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DetectorRule.class)
    void oneMemberMayGoAtAnotherPaceThanTheRest(DetectorRule rule) {
        start(5, rule);
        cluster.run(Duration.ofMinutes(2));
        nodes.get(0).reconfigure(b -> b.gossipInterval(Duration.ofSeconds(2)));
        nodes.get(1).reconfigure(b -> b.gossipInterval(Duration.ofMillis(20)));
        cluster.run(Duration.ofMinutes(5));
        assertThat(deaths()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DetectorRule.class)
    void aRealDeathIsFoundAfterEveryChange(DetectorRule rule) {
        start(5, rule);
        cluster.run(Duration.ofMinutes(2));
        everyone(b -> b.gossipInterval(Duration.ofMillis(300)), Duration.ZERO);
        cluster.run(Duration.ofMinutes(2));
        nodes.get(4).stop();
        cluster.run(Duration.ofMinutes(1));
        assertThat(nodes.get(0).live()).containsExactly("n0", "n1", "n2", "n3");
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void nobodyDiesWhateverChanges(long randomSeed) {
        Random random = new Random(randomSeed);
        start(5, DetectorRule.SELF_DOUBTING);
        cluster.run(Duration.ofMinutes(1));
        for (int i = 0; i < 100; i++) {
            nodes.get(random.nextInt(nodes.size())).reconfigure(b -> anything(b, random));
            cluster.run(Duration.ofMillis(random.nextInt(5_000)));
        }
        assertThat(deaths()).isEmpty();
    }

    @Test
    void membersBeyondALowerLimitStayAndNewOnesAreLetInOnceThereIsRoom() {
        start(3, DetectorRule.SELF_DOUBTING);
        cluster.run(Duration.ofSeconds(10));
        VirtualCluster.Node first = nodes.get(0);
        first.reconfigure(b -> b.maxMembers(2));
        cluster.start("late", 9, 1);
        cluster.run(Duration.ofSeconds(10));
        assertThat(first.live()).containsExactly("n0", "n1", "n2");
        first.reconfigure(b -> b.maxMembers(4));
        cluster.run(Duration.ofSeconds(10));
        assertThat(first.live()).containsExactly("late", "n0", "n1", "n2");
    }

    @Test
    void stateBeyondALowerLimitStaysAndMoreComesOnceThereIsRoom() {
        start(2, DetectorRule.SELF_DOUBTING);
        VirtualCluster.Node reader = nodes.get(0);
        VirtualCluster.Node writer = nodes.get(1);
        cluster.run(Duration.ofSeconds(10));
        String value = "x".repeat(30_000);
        for (int i = 0; i < 50; i++) {
            String key = "k" + i;
            writer.with(a -> a.set(key, value));
        }
        cluster.run(Duration.ofSeconds(30));
        reader.reconfigure(b -> b.maxStateBytes(1 << 20));
        writer.with(a -> a.set("late", "1"));
        cluster.run(Duration.ofSeconds(10));
        assertThat(reader.valueOf(writer, "k49")).isEqualTo(value);
        assertThat(reader.valueOf(writer, "late")).isNull();
        reader.reconfigure(b -> b.maxStateBytes(1 << 24));
        cluster.run(Duration.ofSeconds(10));
        assertThat(reader.valueOf(writer, "late")).isEqualTo("1");
    }

    @Test
    void whatWasWrittenBeforeALowerEntryLimitStays() {
        start(1, DetectorRule.SELF_DOUBTING);
        VirtualCluster.Node node = nodes.get(0);
        node.with(a -> a.set("large", "x".repeat(1_000)));
        node.reconfigure(b -> b.maxEntryBytes(100));
        assertThat(node.valueOf(node, "large")).hasSize(1_000);
        assertThatThrownBy(() -> node.with(a -> a.set("larger", "x".repeat(1_000))))
                .isInstanceOf(RefusedWriteException.class);
    }

    @Test
    void streamsAreRefusedByTheLimitInForce() {
        start(2, DetectorRule.SELF_DOUBTING);
        VirtualCluster.Node reader = nodes.get(0);
        VirtualCluster.Node writer = nodes.get(1);
        cluster.run(Duration.ofSeconds(10));
        reader.reconfigure(b -> b.maxStreamBytes(65_535));
        for (int i = 0; i < 10; i++) {
            String key = "k" + i;
            writer.with(a -> a.set(key, "x".repeat(30_000)));
        }
        cluster.run(Duration.ofSeconds(2));
        assertThat(reader.effects).hasAtLeastOneElementOfType(Effect.Refused.class);
        reader.reconfigure(b -> b.maxStreamBytes(1 << 20));
        cluster.run(Duration.ofSeconds(10));
        assertThat(reader.valueOf(writer, "k9")).hasSize(30_000);
    }

    @Test
    void deadMembersGoByTheGraceInForce() {
        start(3, DetectorRule.SELF_DOUBTING);
        cluster.run(Duration.ofSeconds(20));
        nodes.get(2).stop();
        cluster.run(Duration.ofMinutes(10));
        VirtualCluster.Node first = nodes.get(0);
        assertThat(first.with(ClusterAccess::deadNodes)).hasSize(1);
        first.reconfigure(b -> b.deadNodeGrace(Duration.ofMinutes(5)));
        cluster.run(Duration.ofSeconds(1));
        assertThat(first.with(ClusterAccess::deadNodes)).isEmpty();
    }

    @Test
    void tombstonesGoByTheGraceInForce() {
        start(1, DetectorRule.SELF_DOUBTING);
        VirtualCluster.Node node = nodes.get(0);
        node.with(a -> a.set("k", "1"));
        node.with(a -> a.delete("k"));
        cluster.run(Duration.ofMinutes(2));
        assertThat(tombstoneIsKept(node)).isTrue();
        node.reconfigure(b -> b.tombstoneGrace(Duration.ofMinutes(1)));
        cluster.run(Duration.ofMinutes(2));
        assertThat(tombstoneIsKept(node)).isFalse();
    }

    @Test
    void roundsReachAsManyMembersAsTheFanoutInForceSays() {
        start(6, DetectorRule.SELF_DOUBTING);
        cluster.run(Duration.ofSeconds(20));
        VirtualCluster.Node first = nodes.get(0);
        first.reconfigure(b -> b.fanout(5).protocolVersion(ProtocolVersion.V1));
        first.effects.clear();
        first.handle(new Input.RoundDue());
        List<Effect.Send> syns = first.effects.stream()
                .filter(effect -> effect instanceof Effect.Send send && send.purpose() == Effect.Purpose.LIVE)
                .map(Effect.Send.class::cast)
                .toList();
        assertThat(syns).hasSize(5).allMatch(syn -> syn.datagram()[2] == ProtocolVersion.V1.code());
    }

    @Test
    void refusesAnotherIdentityAndChangesNothing() {
        start(1, DetectorRule.SELF_DOUBTING);
        VirtualCluster.Node node = nodes.get(0);
        GossipConfig before = node.engine.config();
        GossipConfig other = GossipConfig.builder(
                        new NodeIdentity("other", 1, before.self().gossipAddress()), "test")
                .build();
        assertThatThrownBy(() -> node.handle(new Input.Reconfigured(other)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("self");
        assertThat(node.engine.config()).isSameAs(before);
    }

    private static boolean tombstoneIsKept(VirtualCluster.Node node) {
        return node.with(a -> a.getVersioned(node.identity(), "k").isPresent());
    }

    private void start(int members, DetectorRule rule) {
        for (int i = 0; i < members; i++) {
            nodes.add(cluster.start("n" + i, 1, i + 1, Map.of(), b -> b.detector(SETTINGS.with(rule)), i == 0 ? 2 : 1));
        }
    }

    private void everyone(UnaryOperator<GossipConfig.Builder> change, Duration apart) {
        for (VirtualCluster.Node node : nodes) {
            node.reconfigure(change);
            cluster.run(apart);
        }
    }

    private static GossipConfig.Builder anything(GossipConfig.Builder builder, Random random) {
        return builder.gossipInterval(Duration.ofMillis(50 + random.nextInt(350)))
                .fanout(1 + random.nextInt(5))
                .tombstoneGrace(Duration.ofSeconds(1 + random.nextInt(600)))
                .deadNodeGrace(Duration.ofSeconds(1 + random.nextInt(600)))
                .maxMembers(1 + random.nextInt(10))
                .deadNodeMemory(random.nextInt(10))
                .replyLimitBytes(random.nextInt(100_000))
                .protocolVersion(random.nextBoolean() ? ProtocolVersion.V0 : ProtocolVersion.V1)
                .detector(new DetectorSettings(
                        6 + random.nextInt(6),
                        10 + random.nextInt(1_000),
                        Duration.ofSeconds(5 + random.nextInt(15)),
                        Duration.ofMillis(100 + random.nextInt(5_000)),
                        random.nextBoolean() ? DetectorRule.REFERENCE : DetectorRule.SELF_DOUBTING));
    }

    private List<ClusterEvent> deaths() {
        List<ClusterEvent> deaths = new ArrayList<>();
        for (VirtualCluster.Node node : nodes) {
            node.events.stream()
                    .filter(event ->
                            event instanceof ClusterEvent.MemberDead || event instanceof ClusterEvent.MemberRemoved)
                    .forEach(deaths::add);
        }
        return deaths;
    }
}

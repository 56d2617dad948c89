/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.event.ClusterEvent;
import io.gossip.core.event.ClusterSnapshot;
import io.gossip.core.event.MemberSnapshot;
import io.gossip.core.event.MemberState;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.EntryStatus;
import io.gossip.core.state.KeyChange;
import io.gossip.core.state.KeyMutation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A snapshot plus the later events equals the next snapshot; versions never go back; the same run gives the same bytes. */
class EventStreamPropertyTest {
    static List<Long> randomSeeds() {
        Long given = Long.getLong("gossip.randomSeed");
        return given != null ? List.of(given) : List.of(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L);
    }

    private static final class Replica {
        final Map<NodeIdentity, MemberState> states = new HashMap<>();
        final Map<NodeIdentity, TreeMap<String, KeyMutation>> keys = new HashMap<>();
        final Map<NodeIdentity, List<Long>> versions = new HashMap<>();

        Replica(ClusterSnapshot from) {
            for (MemberSnapshot member : from.members()) {
                states.put(member.identity(), member.state());
                TreeMap<String, KeyMutation> entries = new TreeMap<>();
                member.node().entries().forEach(e -> entries.put(e.key(), e));
                keys.put(member.identity(), entries);
                versions.put(
                        member.identity(),
                        List.of(member.node().lastGcVersion(), member.node().maxVersion()));
            }
        }

        void apply(ClusterEvent event) {
            NodeIdentity id = event.identity();
            if (event instanceof ClusterEvent.MemberJoined) {
                assertThat(states).doesNotContainKey(id);
                states.put(id, MemberState.DEAD);
                keys.put(id, new TreeMap<>());
                versions.put(id, List.of(0L, 0L));
            } else if (event instanceof ClusterEvent.MemberAlive) {
                states.put(id, MemberState.LIVE);
            } else if (event instanceof ClusterEvent.MemberDead) {
                states.put(id, MemberState.DEAD);
            } else if (event instanceof ClusterEvent.MemberLeft) {
                states.put(id, MemberState.LEFT);
            } else if (event instanceof ClusterEvent.MemberRemoved) {
                states.remove(id);
                keys.remove(id);
                versions.remove(id);
            } else if (event instanceof ClusterEvent.KeysChanged changed) {
                change(id, changed);
            } else {
                throw new AssertionError(event);
            }
        }

        private void change(NodeIdentity id, ClusterEvent.KeysChanged changed) {
            List<Long> before = versions.get(id);
            assertThat(before).as("keys of an unlisted member " + id).isNotNull();
            boolean grew = changed.lastGcVersion() > before.get(0)
                    || (changed.lastGcVersion() == before.get(0) && changed.maxVersion() >= before.get(1));
            assertThat(grew).as(before + " -> " + changed).isTrue();
            versions.put(id, List.of(changed.lastGcVersion(), changed.maxVersion()));
            TreeMap<String, KeyMutation> entries = Objects.requireNonNull(keys.get(id));
            if (changed.reset()) {
                entries.clear();
            }
            for (KeyChange c : changed.changes()) {
                switch (c.kind()) {
                    case SET -> entries.put(c.key(), new KeyMutation(c.key(), c.value(), c.version(), EntryStatus.SET));
                    case DELETED ->
                        entries.put(c.key(), new KeyMutation(c.key(), c.value(), c.version(), EntryStatus.TOMBSTONE));
                    case DELETE_AFTER_TTL ->
                        entries.put(
                                c.key(),
                                new KeyMutation(c.key(), c.value(), c.version(), EntryStatus.DELETE_AFTER_TTL));
                    case EXPIRED -> entries.remove(c.key());
                }
            }
        }
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("randomSeeds")
    void aSnapshotPlusTheLaterEventsIsTheNextSnapshot(long randomSeed) {
        VirtualCluster cluster = new VirtualCluster(randomSeed);
        List<VirtualCluster.Node> nodes = startNodes(cluster);
        Map<VirtualCluster.Node, Replica> replicas = new HashMap<>();
        for (VirtualCluster.Node node : nodes) {
            replicas.put(node, new Replica(node.snapshot()));
            node.events.clear();
        }
        Random random = new Random(randomSeed);
        for (int step = 0; step < 400; step++) {
            act(cluster, nodes, random, step);
            for (VirtualCluster.Node node : nodes) {
                Replica replica = Objects.requireNonNull(replicas.get(node));
                node.events.forEach(replica::apply);
                node.events.clear();
                assertThat(matches(replica, node.snapshot()))
                        .as("random seed %d, step %d, node %s", randomSeed, step, node.identity())
                        .isTrue();
            }
        }
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("randomSeeds")
    void theSameInputsGiveTheSameOutputsBitForBit(long randomSeed) {
        assertThat(everythingSaid(randomSeed)).isEqualTo(everythingSaid(randomSeed));
    }

    private static List<String> everythingSaid(long randomSeed) {
        VirtualCluster cluster = new VirtualCluster(randomSeed);
        List<VirtualCluster.Node> nodes = startNodes(cluster);
        Random random = new Random(randomSeed);
        for (int step = 0; step < 200; step++) {
            act(cluster, nodes, random, step);
        }
        List<String> said = new ArrayList<>();
        for (VirtualCluster.Node node : nodes) {
            for (Effect effect : node.effects) {
                said.add(
                        effect instanceof Effect.Send send
                                ? send.target() + " " + send.purpose() + " "
                                        + java.util.HexFormat.of().formatHex(send.datagram())
                                : effect.toString());
            }
        }
        return said;
    }

    private static List<VirtualCluster.Node> startNodes(VirtualCluster cluster) {
        List<VirtualCluster.Node> nodes = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            nodes.add(cluster.start(
                    "n" + i,
                    1,
                    i,
                    Map.of("start", "" + i),
                    b -> b.tombstoneGrace(Duration.ofSeconds(2)).deadNodeGrace(Duration.ofSeconds(12)),
                    1,
                    2));
        }
        return nodes;
    }

    private static void act(VirtualCluster cluster, List<VirtualCluster.Node> nodes, Random random, int step) {
        VirtualCluster.Node node = nodes.get(random.nextInt(nodes.size()));
        String key = "k" + random.nextInt(6);
        switch (random.nextInt(9)) {
            case 0, 1 -> node.with(a -> a.set(key, "v" + random.nextInt(3)));
            case 2 -> node.with(a -> a.setWithTtl(key, "v" + random.nextInt(3)));
            case 3 -> node.with(a -> a.delete(key));
            case 4 -> node.with(a -> a.deleteAfterTtl(key));
            case 5 -> node.with(a -> a.touch(key));
            case 6 -> cluster.lose(random.nextInt(4) * 0.3);
            case 7 ->
                node.with(a -> {
                    a.deadNodes().forEach(a::remove);
                    return true;
                });
            case 8 -> {
                VirtualCluster.Node cut = nodes.get(step / 60 % nodes.size());
                cluster.links((from, to) -> !from.equals(cut.address) && !to.equals(cut.address));
            }
            default -> throw new AssertionError();
        }
        cluster.run(Duration.ofMillis(random.nextInt(400)));
    }

    private static boolean matches(Replica replica, ClusterSnapshot snapshot) {
        Replica expected = new Replica(snapshot);
        return replica.states.equals(expected.states)
                && replica.keys.equals(expected.keys)
                && replica.versions.equals(expected.versions);
    }
}

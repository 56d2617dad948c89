/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A snapshot plus the later events equals the next snapshot; versions never go back; the same run gives the same bytes. */
class EventStreamPropertyTest {
    static List<Long> randomSeeds() {
        Long given = Long.getLong("gossip.randomSeed");
        return given != null ? List.of(given) : List.of(11L, 12L, 13L, 14L, 15L, 16L, 17L, 18L);
    }

    @ParameterizedTest(name = "random seed {0}")
    @MethodSource("randomSeeds")
    void aSnapshotPlusTheLaterEventsIsTheNextSnapshot(long randomSeed) {
        VirtualCluster cluster = new VirtualCluster(randomSeed);
        List<VirtualCluster.Node> nodes = startNodes(cluster);
        Map<VirtualCluster.Node, EventReplica> replicas = new HashMap<>();
        for (VirtualCluster.Node node : nodes) {
            replicas.put(node, new EventReplica(node.snapshot()));
            node.events.clear();
        }
        Random random = new Random(randomSeed);
        for (int step = 0; step < 400; step++) {
            act(cluster, nodes, random, step);
            for (VirtualCluster.Node node : nodes) {
                EventReplica replica = Objects.requireNonNull(replicas.get(node));
                node.events.forEach(replica::apply);
                node.events.clear();
                assertThat(replica.matches(node.snapshot()))
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
}

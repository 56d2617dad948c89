/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static io.gossip.core.state.StateSamples.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.identity.Utf8;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many node states in one cluster state, come, go and change. Each has a twin that stands alone and that the same happens
 * to: what node states share must not show.
 */
class ClusterStatePropertyTest {
    private static final int NODES = 12;
    private static final int GRACE_NANOS = 20;
    private static final List<EntryStatus> STATUSES = List.of(EntryStatus.values());

    private final ClusterState cluster = new ClusterState();
    private final NodeState own = cluster.create(identity("n0"));
    private final Map<NodeIdentity, NodeState> present = new TreeMap<>(Map.of(own.identity(), own));
    private final List<NodeState> gone = new ArrayList<>();
    private final Map<NodeState, NodeState> twins = new HashMap<>(Map.of(own, new NodeState(own.identity())));
    private NodeStates list = cluster.inOrder();
    private long now;

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void nodeStatesAreAsIfTheyStoodAlone(long randomSeed) {
        Random random = new Random(randomSeed);
        for (int i = 0; i < 700; i++) {
            step(random);
            assertList(cluster.inOrder());
            assertThat(cluster.inOrder()).containsExactlyElementsOf(present.values());
            assertList(list);
            gone.forEach(this::assertLikeItsTwin);
            assertSize();
        }
    }

    private void step(Random random) {
        NodeIdentity any = identity("n" + random.nextInt(NODES));
        now += random.nextInt(3);
        switch (random.nextInt(10)) {
            case 0 -> comeOrGo(any);
            case 1 -> collect();
            case 2 -> listSome(random);
            default -> change(random);
        }
    }

    private void comeOrGo(NodeIdentity identity) {
        NodeState leaving = present.get(identity);
        if (leaving == null) {
            NodeState node = cluster.create(identity);
            present.put(identity, node);
            twins.put(node, new NodeState(identity));
        } else if (leaving != own) {
            cluster.remove(identity);
            list = list.contains(leaving) ? cluster.inOrder() : list;
            present.remove(identity);
            gone.add(leaving);
        }
    }

    /** A list lives on when others come and go. */
    private void listSome(Random random) {
        list = NodeStates.copyOf(
                present.values().stream().filter(node -> random.nextBoolean()).toList());
    }

    private void collect() {
        cluster.collectExpired(now, GRACE_NANOS, own, 0);
        present.values().forEach(node -> twinOf(node).gcKeysMarkedForDeletion(GRACE_NANOS, now));
    }

    private void change(Random random) {
        boolean ofThePresent = gone.isEmpty() || random.nextInt(4) > 0;
        List<NodeState> nodes = ofThePresent ? new ArrayList<>(present.values()) : gone;
        NodeState node = nodes.get(random.nextInt(nodes.size()));
        long randomSeed = random.nextLong();
        change(node, new Random(randomSeed));
        change(twinOf(node), new Random(randomSeed));
    }

    private void change(NodeState node, Random random) {
        String key = "k" + random.nextInt(2 * KeyIndex.MOST_FLAT);
        String value = "\u00e9".repeat(random.nextInt(4));
        switch (random.nextInt(9)) {
            case 0, 1 -> node.set(key, value, now);
            case 2 -> node.setWithTtl(key, value, now);
            case 3 -> node.delete(key, now);
            case 4 -> node.touch(key, now);
            case 5 -> node.heartbeat(random.nextLong());
            case 6 -> node.apply(delta(node, value, random), now);
            case 7 -> node.replaceIfNewer(mutations(1, value, random), 9, node.lastGcVersion() + 1, now);
            case 8 -> node.renumberAbove(Math.max(node.lastGcVersion(), node.maxVersion()), now);
            default -> throw new AssertionError();
        }
    }

    private static NodeDelta delta(NodeState node, String value, Random random) {
        boolean reset = random.nextInt(4) == 0;
        long max = node.maxVersion();
        List<KeyMutation> mutations = mutations(max + 1, value, random);
        long gc = reset ? Math.max(max, node.lastGcVersion()) + 1 : node.lastGcVersion();
        return new NodeDelta(node.identity(), gc, reset ? 0 : max, mutations, max + 9);
    }

    private static List<KeyMutation> mutations(long version, String value, Random random) {
        List<KeyMutation> mutations = new ArrayList<>();
        for (int i = random.nextInt(9); i > 0; i--) {
            EntryStatus status = STATUSES.get(random.nextInt(STATUSES.size()));
            mutations.add(new KeyMutation("k" + i, value, version + 8 - i, status));
        }
        return mutations;
    }

    private NodeState twinOf(NodeState node) {
        NodeState twin = twins.get(node);
        assertThat(twin).isNotNull();
        return twin;
    }

    private void assertList(NodeStates nodes) {
        for (int i = 0; i < nodes.size(); i++) {
            NodeState twin = twinOf(nodes.get(i));
            assertLikeItsTwin(nodes.get(i));
            assertThat(nodes.identity(i)).isEqualTo(twin.identity());
            assertThat(nodes.heartbeat(i)).isEqualTo(twin.heartbeat());
            assertThat(nodes.lastGcVersion(i)).isEqualTo(twin.lastGcVersion());
            assertThat(nodes.maxVersion(i)).isEqualTo(twin.maxVersion());
        }
    }

    private void assertLikeItsTwin(NodeState node) {
        assertThat(node.snapshot()).isEqualTo(twinOf(node).snapshot());
    }

    /** What is counted on the way, against a look at all entries. */
    private void assertSize() {
        long entries = 0;
        long bytes = 0;
        for (NodeState node : present.values()) {
            for (KeyMutation entry : node.snapshot().entries()) {
                entries++;
                bytes += Utf8.length(entry.key()) + Utf8.length(entry.value());
            }
        }
        assertThat(cluster.entryCount()).isEqualTo(entries);
        assertThat(cluster.stateBytes()).isEqualTo(bytes);
    }
}

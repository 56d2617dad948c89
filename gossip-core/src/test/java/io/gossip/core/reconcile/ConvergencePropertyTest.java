/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import static io.gossip.core.state.StateSamples.identity;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.KeyMutation;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three replicas that write, delete, collect and exchange deltas of any size, some of them late: whatever the order, each
 * ends with what the owners have, and no deleted key comes back.
 */
class ConvergencePropertyTest {
    private static final int REPLICAS = 3;

    /** So long that every copy has the deletion before any copy may forget it, as the grace period is meant to be. */
    private static final long GRACE = 40;

    private final List<ClusterState> replicas = new ArrayList<>();
    private final List<NodeIdentity> identities = new ArrayList<>();
    private final List<Map<String, String>> truth = new ArrayList<>();
    private final List<NodeDelta> late = new ArrayList<>();
    private final DeltaBuilder builder = new DeltaBuilder();
    private long now;

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void replicasConvergeToTheirOwners(long randomSeed) {
        Random random = new Random(randomSeed);
        setUp();
        for (int i = 0; i < 4_000; i++) {
            now++;
            int replica = random.nextInt(REPLICAS);
            switch (random.nextInt(6)) {
                case 0, 1 -> write(replica, random);
                case 2 -> collect(replica);
                case 3 -> deliverLate(replica, random);
                default -> pull(replica, random.nextInt(REPLICAS), 60 + random.nextInt(300), random);
            }
            if (i % 500 == 499) {
                settle(random);
            }
        }
    }

    private void setUp() {
        for (int i = 0; i < REPLICAS; i++) {
            identities.add(identity("n" + i));
            truth.add(new TreeMap<>());
        }
        for (int i = 0; i < REPLICAS; i++) {
            ClusterState cluster = new ClusterState();
            identities.forEach(cluster::create);
            replicas.add(cluster);
        }
    }

    private NodeState copy(int replica, int owner) {
        NodeState node = replicas.get(replica).find(identities.get(owner));
        assertThat(node).isNotNull();
        return node;
    }

    private void write(int replica, Random random) {
        String key = "k" + random.nextInt(12);
        if (random.nextInt(3) == 0) {
            copy(replica, replica).delete(key, now);
            truth.get(replica).remove(key);
        } else {
            String value = "v".repeat(random.nextInt(20)) + now;
            copy(replica, replica).set(key, value, now);
            truth.get(replica).put(key, value);
        }
    }

    private void collect(int replica) {
        replicas.get(replica).collectExpired(now, GRACE, copy(replica, replica), 2 * GRACE);
    }

    private void pull(int to, int from, int budget, Random random) {
        Digest digest = Digest.of(replicas.get(to), node -> true);
        Delta delta = builder.build(replicas.get(from), digest, new CountingBudget(budget), new TestPolicy(), random);
        if (random.nextInt(4) == 0) {
            late.addAll(delta.nodeDeltas());
        }
        delta.nodeDeltas().forEach(nodeDelta -> apply(to, nodeDelta));
    }

    private void deliverLate(int replica, Random random) {
        if (!late.isEmpty()) {
            apply(replica, late.remove(random.nextInt(late.size())));
        }
    }

    private void apply(int replica, NodeDelta nodeDelta) {
        int owner = identities.indexOf(nodeDelta.identity());
        if (owner == replica) {
            return; // only the owner writes its state
        }
        NodeState node = copy(replica, owner);
        long gc = node.lastGcVersion();
        long max = node.maxVersion();
        node.apply(nodeDelta, now);
        assertThat(node.lastGcVersion() > gc || (node.lastGcVersion() == gc && node.maxVersion() >= max))
                .isTrue();
        assertNothingIsInvented(node, owner);
    }

    /** Each entry of a copy is the owner's present one, or an older one that the owner has since overwritten or dropped. */
    private void assertNothingIsInvented(NodeState node, int owner) {
        NodeState original = copy(owner, owner);
        assertThat(node.maxVersion()).isLessThanOrEqualTo(original.maxVersion());
        for (KeyMutation entry : original.snapshot().entries()) {
            var copied = node.get(entry.key());
            assertThat(copied == null || copied.version() <= entry.version()).isTrue();
        }
    }

    /** No more writes: after enough exchanges everyone has what the owners have, and only that. */
    private void settle(Random random) {
        for (int round = 0; round < 60; round++) {
            for (int to = 0; to < REPLICAS; to++) {
                pull(to, (to + 1 + round % (REPLICAS - 1)) % REPLICAS, 150, random);
                deliverLate(to, random);
            }
        }
        for (int replica = 0; replica < REPLICAS; replica++) {
            for (int owner = 0; owner < REPLICAS; owner++) {
                assertThat(visible(copy(replica, owner)))
                        .as("what n%d has of n%d at %d", replica, owner, now)
                        .isEqualTo(truth.get(owner));
            }
        }
    }

    private static Map<String, String> visible(NodeState node) {
        return node.visible("").stream().collect(Collectors.toMap(KeyMutation::key, KeyMutation::value));
    }
}

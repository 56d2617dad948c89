/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.ClusterState;
import io.gossip.core.state.NodeDelta;
import io.gossip.core.state.NodeStates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PeerKnowledgeTest {
    private static final long[] VERSIONS = {0, 1, 2, Long.MAX_VALUE, Long.MIN_VALUE, -1};

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void theShortLookAgreesWithTheLongOne(long randomSeed) {
        Random random = new Random(randomSeed);
        PeerKnowledge knowledge = new PeerKnowledge();
        int nothing = 0;
        for (int run = 0; run < 5_000; run++) {
            NodeStates nodes = members(random);
            List<NodeDigest> entries = entries(nodes, random);
            Digest digest = Digest.of(entries);
            knowledge.read(nodes, digest);
            boolean lacking = false;
            for (int at = 0; at < nodes.size(); at++) {
                lacking |= knowledge.lacksSomething(at, nodes);
            }
            boolean alike = entries.stream().map(NodeDigest::identity).toList().equals(nodes.identities());
            assertThat(PeerKnowledge.lacksNothing(nodes, digest)).isEqualTo(alike && !lacking);
            nothing += alike && !lacking ? 1 : 0;
        }
        assertThat(nothing).isBetween(100, 4_900);
    }

    private static NodeStates members(Random random) {
        ClusterState cluster = new ClusterState();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            cluster.create(identity(i)).apply(new NodeDelta(identity(i), 0, 0, List.of(), version(random)), 0);
        }
        return cluster.inOrder();
    }

    /** Mostly what is there, sometimes another member instead, one more, one less, or another order. */
    private static List<NodeDigest> entries(NodeStates nodes, Random random) {
        List<NodeDigest> entries = new ArrayList<>();
        for (int at = 0; at < nodes.size(); at++) {
            NodeIdentity named = random.nextInt(10) == 0 ? identity(random.nextInt(6)) : nodes.identity(at);
            long maxVersion = random.nextInt(3) == 0 ? version(random) : nodes.maxVersion(at);
            entries.add(new NodeDigest(named, 1, version(random), maxVersion));
        }
        switch (random.nextInt(8)) {
            case 0 -> Collections.shuffle(entries, random);
            case 1 -> entries.add(new NodeDigest(identity(random.nextInt(6)), 1, 0, version(random)));
            case 2 -> entries.stream().findAny().ifPresent(entries::remove);
            default -> {}
        }
        return entries;
    }

    private static long version(Random random) {
        return VERSIONS[random.nextInt(VERSIONS.length)];
    }

    private static NodeIdentity identity(int i) {
        return new NodeIdentity("n" + i, 1, GossipAddress.parse("127.0.0.1:7280"));
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SharedInstancesTest {
    private final SharedInstances shared = new SharedInstances(64);

    @Test
    void handsOutTheInstanceItSawFirst() {
        NodeIdentity identity = shared.identity(identity(1));
        KeyMutation mutation = shared.mutation(mutation("key", "value", 1));
        assertThat(shared.identity(identity(1))).isSameAs(identity);
        assertThat(shared.mutation(mutation("key", "value", 1))).isSameAs(mutation);
        assertThat(shared.mutation(mutation("key", "other", 2)).key()).isSameAs(mutation.key());
    }

    @Test
    void keepsNoLongValues() {
        String longValue = "x".repeat(257);
        KeyMutation first = shared.mutation(mutation("key", longValue, 1));
        assertThat(shared.mutation(mutation("key", longValue, 1)))
                .isEqualTo(first)
                .isNotSameAs(first);
    }

    /** Whatever was forgotten in between, what comes back equals what was asked for. */
    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void alwaysAnswersWithAnEqualValue(long randomSeed) {
        Random random = new Random(randomSeed);
        var small = new SharedInstances(2 + random.nextInt(20));
        for (int i = 0; i < 10_000; i++) {
            KeyMutation wanted = mutation("k" + random.nextInt(9), "v" + random.nextInt(9), random.nextInt(9));
            NodeIdentity identity = identity(random.nextInt(40));
            assertThat(small.mutation(wanted)).isEqualTo(wanted);
            assertThat(small.identity(identity)).isEqualTo(identity);
        }
    }

    @Test
    void refusesNumbersOfPlacesThatMakeNoSense() {
        assertThatThrownBy(() -> new SharedInstances(1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("places must be between 2 and 1048576, was 1");
    }

    @Test
    void nodesThatShareInstancesKeepOneOfEach() {
        ClusterState one = new ClusterState(shared);
        ClusterState other = new ClusterState(shared);
        NodeState first = one.create(identity(1));
        NodeState second = other.create(identity(1));
        first.set("key", "value", 0);
        second.set("key", "value", 5);
        assertThat(second.identity()).isSameAs(first.identity());
        assertThat(second.snapshot().entries().get(0))
                .isSameAs(first.snapshot().entries().get(0));
    }

    private static NodeIdentity identity(int number) {
        return new NodeIdentity("node-" + number, 7, GossipAddress.parse("127.0.0.1:" + (1_000 + number)));
    }

    private static KeyMutation mutation(String key, String value, long version) {
        return new KeyMutation(
                new String(key.toCharArray()), new String(value.toCharArray()), version, EntryStatus.SET);
    }
}

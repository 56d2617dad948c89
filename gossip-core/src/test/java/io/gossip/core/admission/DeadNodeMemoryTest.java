/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import org.junit.jupiter.api.Test;

class DeadNodeMemoryTest {
    private final DeadNodeMemory memory = new DeadNodeMemory(2);

    @Test
    void remembersTheLastHeartbeat() {
        memory.remember(node("a"), -1L);
        assertThat(memory.contains(node("a"))).isTrue();
        assertThat(memory.heartbeatOf(node("a"))).isEqualTo(-1L);
        memory.forget(node("a"));
        assertThat(memory.contains(node("a"))).isFalse();
        assertThat(memory.heartbeatOf(node("a"))).isZero();
    }

    @Test
    void dropsTheOnePutInLongestAgoWhateverWasLookedUp() {
        memory.remember(node("a"), 1);
        memory.remember(node("b"), 2);
        memory.heartbeatOf(node("a"));
        memory.remember(node("c"), 3);
        assertThat(memory.contains(node("a"))).isFalse();
        assertThat(memory.contains(node("b"))).isTrue();
        assertThat(memory.size()).isEqualTo(2);
    }

    @Test
    void makesAnEntryTheMostRecentWhenItIsPutInAgain() {
        memory.remember(node("a"), 1);
        memory.remember(node("b"), 2);
        memory.remember(node("a"), 4);
        memory.remember(node("c"), 3);
        assertThat(memory.contains(node("b"))).isFalse();
        assertThat(memory.heartbeatOf(node("a"))).isEqualTo(4);
    }

    @Test
    void remembersNothingWithoutCapacity() {
        DeadNodeMemory none = new DeadNodeMemory(0);
        none.remember(node("a"), 1);
        assertThat(none.size()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new DeadNodeMemory(-1));
    }

    private static NodeIdentity node(String id) {
        return new NodeIdentity(id, 1, GossipAddress.parse("10.0.0.1:7000"));
    }
}

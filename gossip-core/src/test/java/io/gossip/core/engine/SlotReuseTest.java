/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlotReuseTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final Members members =
            new Members(GossipConfig.builder(identity("self", 1), "c").build(), new Effects(new Counters()));

    @Test
    void whoComesIntoTheSlotOfOneWhoIsGoneInheritsNothing() {
        Member first = members.admit(identity("a", 2), Member.Origin.PROVEN, 1_000, 0);
        int slot = first.slot();
        for (int second = 0; second < 5; second++) {
            members.signOfLife(slot, second * SECOND);
            members.heartbeats.observe(slot, 1_001 + second, true, Double.NaN, second * SECOND);
            members.relay.ownVoice(slot, 1_001 + second, second * SECOND);
        }
        members.index.digestBegins();
        members.index.mention(slot);
        members.becomeLive(first, 5 * SECOND);
        members.becomeDead(first, 60 * SECOND);
        members.remove(first);

        Member second = members.admit(identity("b", 3), Member.Origin.PROVEN, 7, 61 * SECOND);

        assertThat(second.slot()).isEqualTo(slot);
        assertThat(members.find(first.identity())).isNull();
        assertThat(members.find(second.identity())).isSameAs(second);
        assertThat(members.detector.samples(slot)).isZero();
        assertThat(members.detector.silenceNanos(slot, 62 * SECOND)).isEqualTo(-1);
        assertThat(members.detector.phi(slot, 62 * SECOND)).isNaN();
        assertThat(members.heartbeats.believed(slot)).isEqualTo(7);
        assertThat(members.relay.value(slot)).isEqualTo(7);
        assertThat(second.node.heartbeat()).isEqualTo(7);
        assertThat(members.index.isOrdinary(slot)).isFalse();
        assertThat(members.index.isMentioned(second)).isFalse();
        assertThat(members.index.isAt(slot, first.identity().gossipAddress())).isFalse();
        assertThat(members.index.isAt(slot, second.identity().gossipAddress())).isTrue();
        assertThat(members.deadNodes.heartbeatOf(first.identity())).isEqualTo(1_005);
    }

    private static NodeIdentity identity(String nodeId, int port) {
        return new NodeIdentity(nodeId, 1, GossipAddress.parse("127.0.0.1:" + port));
    }
}

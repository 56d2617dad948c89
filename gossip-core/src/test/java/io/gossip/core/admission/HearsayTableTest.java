/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HearsayTableTest {
    private static final long FORGET_AFTER = 1_000;

    private final Random random = new Random(3);
    private final HearsayTable table = new HearsayTable(100, FORGET_AFTER);

    @Test
    void tellsWhenAHeartbeatHasRisenSinceItWasFirstHeard() {
        assertThat(hear("a", Long.MAX_VALUE, 0)).isFalse();
        assertThat(hear("a", Long.MAX_VALUE, 1)).isFalse();
        assertThat(hear("a", 5, 2)).isFalse();
        assertThat(hear("a", -1L, 3)).isTrue();
        table.forget(node("a"));
        assertThat(table.size()).isZero();
        assertThat(hear("a", -1L, 4)).isFalse();
    }

    /** Else whoever was forged once with a huge heartbeat would never be heard again. */
    @Test
    void comparesAMembersOwnVoiceWithItsPreviousStatement() {
        assertThat(hearVoice("a", 5, 0)).isFalse();
        assertThat(hearVoice("a", Long.MAX_VALUE, 1)).isTrue();
        assertThat(hearVoice("a", 6, 2)).isFalse();
        assertThat(hearVoice("a", 6, 3)).isFalse();
        assertThat(hearVoice("a", 7, 4)).isTrue();
    }

    @Test
    void seesNoRiseAtTheVeryMomentOfTheFirst() {
        assertThat(hear("a", 5, 0)).isFalse();
        assertThat(hear("a", 6, 0)).isFalse();
        assertThat(hear("a", 6, 1)).isTrue();
    }

    @Test
    void doesNotCountFromAHeartbeatOfZero() {
        assertThat(hear("a", 0, 0)).isFalse();
        assertThat(hear("a", 5, 1)).isFalse();
        assertThat(hear("a", 6, 2)).isTrue();
    }

    @Test
    void startsAnewWithAnIdentityNotHeardOfForTooLong() {
        hear("a", 5, 0);
        hear("a", 5, FORGET_AFTER);
        assertThat(hear("a", 6, 2 * FORGET_AFTER)).isTrue();
        assertThat(hear("a", 7, 3 * FORGET_AFTER + 1)).isFalse();
        assertThat(hear("a", 8, 3 * FORGET_AFTER + 2)).isTrue();
    }

    @Test
    void sweepsTheWholeTableWithinEightRounds() {
        HearsayTable large = new HearsayTable(10_000, FORGET_AFTER);
        for (int i = 0; i < 10_000; i++) {
            large.hear(node("n" + i), 1, i % 2 == 0 ? 0 : FORGET_AFTER, random);
        }
        large.sweep(FORGET_AFTER + 1);
        assertThat(large.size()).isBetween(8_700, 9_999);
        for (int i = 0; i < 7; i++) {
            large.sweep(FORGET_AFTER + 1);
        }
        assertThat(large.size()).isEqualTo(5_000);
        assertThat(large.hear(node("n1"), 2, FORGET_AFTER + 1, random)).isTrue();
    }

    @Test
    void givesEveryEntryAChanceInAFlood() {
        int survivors = 0;
        for (int run = 0; run < 200; run++) {
            HearsayTable flooded = new HearsayTable(100, FORGET_AFTER);
            flooded.hear(node("real"), 1, 0, random);
            for (int i = 0; i < 168; i++) {
                flooded.hear(node("invented" + i), 1, 0, random);
            }
            assertThat(flooded.size()).isEqualTo(100);
            survivors += flooded.hear(node("real"), 2, 1, random) ? 1 : 0;
        }
        assertThat(survivors).isBetween(60, 140); // 0.99^69 is one half
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void agreesWithANaiveTableThatIsNeverFull(long randomSeed) {
        Random chance = new Random(randomSeed);
        HearsayTable patient = new HearsayTable(100, 3_000);
        Map<NodeIdentity, Long> naive = new HashMap<>();
        for (int i = 0; i < 3_000; i++) {
            NodeIdentity id = node("n" + chance.nextInt(90));
            if (chance.nextInt(4) == 0) {
                patient.forget(id);
                naive.remove(id);
            } else {
                long heartbeat = 1L + chance.nextInt(50);
                Long first = naive.putIfAbsent(id, heartbeat);
                assertThat(patient.hear(id, heartbeat, i, chance)).isEqualTo(first != null && heartbeat > first);
            }
            assertThat(patient.size()).isEqualTo(naive.size());
        }
    }

    @Test
    void holdsNothingWithoutCapacity() {
        HearsayTable none = new HearsayTable(0, FORGET_AFTER);
        assertThat(none.hear(node("a"), 1, 0, random)).isFalse();
        none.sweep(0);
        assertThat(none.size()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new HearsayTable(-1, 0));
    }

    private boolean hearVoice(String nodeId, long heartbeat, long nowNanos) {
        return table.hearVoice(node(nodeId), heartbeat, nowNanos, random);
    }

    private boolean hear(String id, long heartbeat, long nowNanos) {
        return table.hear(node(id), heartbeat, nowNanos, random);
    }

    private static NodeIdentity node(String id) {
        return new NodeIdentity(id, 1, GossipAddress.parse("10.0.0.1:7000"));
    }
}

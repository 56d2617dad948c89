/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.interop;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.wire.ProtocolVersion;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same datagrams at the same moments bring a Rust member and one of ours to the same states and answers. */
@WithRust
@Timeout(600)
class ConversationTest {
    private static final int CONVERSATIONS = 100; // in each version

    @ParameterizedTest
    @EnumSource
    void bothKindsAnswerTheSame(ProtocolVersion version, Cluster cluster) {
        Map<Deviation, Integer> seen = new EnumMap<>(Deviation.class);
        LongStream randomSeeds = RandomSeeds.of(CONVERSATIONS);
        randomSeeds.forEach(randomSeed -> {
            try {
                new Conversation(randomSeed, version, cluster)
                        .run()
                        .seen()
                        .forEach((deviation, times) -> seen.merge(deviation, times, Integer::sum));
            } catch (AssertionError difference) {
                throw new AssertionError(
                        difference.getMessage() + "\n" + RandomSeeds.replay(ConversationTest.class, randomSeed),
                        difference);
            } finally {
                cluster.close();
            }
        });
        System.out.println(version + ": " + seen);
        // A deviation that no conversation meets any more does not belong on the list of those that are let pass.
        if (Long.getLong("gossip.randomSeed") == null) {
            assertThat(seen)
                    .containsOnlyKeys(
                            Deviation.NOT_TOLD_ABOUT_ITSELF,
                            Deviation.HIDDEN_A_ROUND_LATER,
                            Deviation.ASKS_AGAIN,
                            Deviation.MISSED_DELETIONS,
                            Deviation.BARE_NODE_OPERATION,
                            Deviation.HEARTBEAT_SURVIVES_RESET,
                            Deviation.DEAD_LAST);
        }
    }
}

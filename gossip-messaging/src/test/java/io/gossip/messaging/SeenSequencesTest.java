/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SeenSequencesTest {
    private final SeenSequences seen = new SeenSequences();

    @Test
    void tellsNewFromRepeatedWithinTheWindow() {
        long randomSeed = new Random().nextLong();
        Random random = new Random(randomSeed);
        Set<Long> reference = new HashSet<>();
        long highest = 0;
        for (int i = 0; i < 100_000; i++) {
            long sequence = Math.max(1, highest - SeenSequences.WINDOW / 2 + random.nextInt(SeenSequences.WINDOW));
            highest = Math.max(highest, sequence);
            assertThat(seen.add(sequence))
                    .as("%s after %s, random seed %s", sequence, highest, randomSeed)
                    .isEqualTo(reference.add(sequence));
        }
    }

    @Test
    void whatLiesBelowTheWindowIsARepetition() {
        assertThat(seen.add(SeenSequences.WINDOW + 10)).isTrue();
        assertThat(seen.add(11)).isTrue();
        assertThat(seen.add(10)).isFalse();
    }

    @Test
    void zeroIsNoMessage() {
        assertThat(seen.add(0)).isFalse();
    }

    @Test
    void aLeapFarAheadForgetsEverythingBefore() {
        assertThat(seen.add(5)).isTrue();
        assertThat(seen.add(-1)).isTrue(); // 2^64 - 1, unsigned
        assertThat(seen.add(5)).isFalse();
        assertThat(seen.add(-2)).isTrue();
        assertThat(seen.add(-2)).isFalse();
    }
}

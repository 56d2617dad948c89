/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrivalWindowTest {
    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void agreesWithANaiveWindow(long randomSeed) {
        Random random = new Random(randomSeed);
        int capacity = 1 + random.nextInt(100);
        var window = new ArrivalWindow(capacity);
        var naive = new ArrayDeque<Long>();
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(500) == 0) {
                window.clear();
                naive.clear();
            }
            long micros = random.nextLong(TimeUnit.MINUTES.toMicros(30) + 1);
            window.record(micros * 1_000);
            naive.add(micros);
            if (naive.size() > capacity) {
                naive.remove();
            }
            assertThat(window.size()).isEqualTo(naive.size());
            assertThat(window.sumMicros())
                    .isEqualTo(naive.stream().mapToLong(Long::longValue).sum());
        }
    }

    @Test
    void roundsToWholeMicroseconds() {
        var window = new ArrivalWindow(10);
        window.record(499);
        window.record(500);
        assertThat(window.sumMicros()).isEqualTo(1);
    }

    @Test
    void leavesNoErrorBehindAfterMillionsOfGaps() {
        var window = new ArrivalWindow(3);
        for (int i = 0; i < 3_000_000; i++) {
            window.record(1_000 * (1 + i % 7_919L));
        }
        window.record(1_000);
        window.record(2_000);
        window.record(3_000);
        assertThat(window.sumMicros()).isEqualTo(6);
    }
}

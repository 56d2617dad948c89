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
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(30);

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void agreesWithANaiveWindow(long randomSeed) {
        Random random = new Random(randomSeed);
        int capacity = 1 + random.nextInt(100);
        var window = new ArrivalWindow(capacity);
        var naive = new ArrayDeque<Long>();
        long exactSum = 0;
        long longest = 0;
        boolean anyLeft = false;
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(500) == 0) {
                window.clear();
                naive.clear();
                exactSum = 0;
                longest = 0;
                anyLeft = false;
            }
            long micros = gap(random);
            window.record(micros * 1_000);
            naive.add(micros);
            exactSum += micros;
            longest = Math.max(longest, micros);
            if (naive.size() > capacity) {
                exactSum -= naive.remove();
                anyLeft = true;
            }
            assertThat(window.size()).isEqualTo(naive.size());
            long bound = anyLeft ? longest / 15 + 1 : 0;
            assertThat(Math.abs(window.sumMicros() - exactSum)).isLessThanOrEqualTo(bound);
        }
    }

    // Short ones, usual ones, rare long ones: a long one must not leave more behind than the bound says.
    private static long gap(Random random) {
        return switch (random.nextInt(10)) {
            case 0 -> random.nextLong(LONGEST + 1);
            case 1, 2 -> random.nextLong(20);
            default -> 90_000 + random.nextLong(20_000);
        };
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void roundsASixteenthAtMost(long randomSeed) {
        Random random = new Random(randomSeed);
        for (int i = 0; i < 10_000; i++) {
            long micros = 1 + random.nextLong((LONGEST + LONGEST / 15) >> random.nextInt(31));
            long rounded = ArrivalWindow.decode(ArrivalWindow.encode(micros));
            assertThat(Math.abs(rounded - micros)).as("%d", micros).isLessThanOrEqualTo(micros / 16);
        }
    }

    @Test
    void hasACodeForNothingAndForTheLongestGapWithItsCarry() {
        assertThat(ArrivalWindow.decode(ArrivalWindow.encode(0))).isZero();
        assertThat(ArrivalWindow.decode(ArrivalWindow.encode(-5))).isZero();
        assertThat(ArrivalWindow.decode(ArrivalWindow.encode(LONGEST + LONGEST / 15)))
                .isGreaterThan(LONGEST);
    }

    @Test
    void roundsToWholeMicroseconds() {
        var window = new ArrivalWindow(10);
        window.record(499);
        window.record(500);
        assertThat(window.sumMicros()).isEqualTo(1);
    }

    @Test
    void isExactUntilTheFirstGapLeaves() {
        var window = new ArrivalWindow(1_000);
        long exact = 0;
        for (int i = 0; i < 1_000; i++) {
            long micros = 99_000 + i % 1_999L;
            window.record(micros * 1_000);
            exact += micros;
        }
        assertThat(window.sumMicros()).isEqualTo(exact);
    }

    @Test
    void leavesNoErrorBehindAfterMillionsOfGaps() {
        var window = new ArrivalWindow(3);
        for (int i = 0; i < 3_000_000; i++) {
            window.record(1_000 * (1 + i % 7_919L));
        }
        for (int i = 0; i < 7_919; i++) {
            window.record(1_000); // pays off what was carried
        }
        window.record(1_000);
        window.record(2_000);
        window.record(3_000);
        assertThat(window.sumMicros()).isEqualTo(6);
    }

    @Test
    void aSmallerWindowKeepsTheNewestGapsAndALargerOneAll() {
        ArrivalWindow window = new ArrivalWindow(4);
        for (int i = 1; i <= 6; i++) {
            window.record(i * 1_000L);
        }
        window.resize(2);
        assertThat(window.size()).isEqualTo(2);
        assertThat(window.sumMicros()).isEqualTo(5 + 6);
        window.resize(3);
        window.record(7_000);
        assertThat(window.sumMicros()).isEqualTo(5 + 6 + 7);
        window.record(8_000);
        assertThat(window.sumMicros()).isEqualTo(6 + 7 + 8);
    }

    @Test
    void stretchingMakesGapsLongerUpToALengthAndNoneShorter() {
        ArrivalWindow window = new ArrivalWindow(3);
        window.record(1_000);
        window.record(4_000);
        window.record(12_000);
        window.stretch(3, 10_000);
        assertThat(window.sumMicros()).isEqualTo(3 + 10 + 12);
        assertThat(window.size()).isEqualTo(3);
    }
}

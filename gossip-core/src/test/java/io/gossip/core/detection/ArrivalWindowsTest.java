/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrivalWindowsTest {
    private static final long LONGEST = TimeUnit.MINUTES.toMicros(30);

    /** In a block of the largest window that can be configured. */
    private static final int MOST_GAPS = (100_000 + 127) / 128;

    // One gap to a block.
    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void aSmallWindowAgreesWithANaiveOne(long randomSeed) {
        Random random = new Random(randomSeed);
        agreesWithANaiveOne(random, 1 + random.nextInt(128), 1);
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void aLargeWindowAgreesWithANaiveOne(long randomSeed) {
        Random random = new Random(randomSeed);
        int capacity = 129 + random.nextInt(1_500);
        agreesWithANaiveOne(random, capacity, (capacity + 127) / 128);
    }

    // What is off at most: a quarter of the gaps of a block in the oldest one, and what rounding the block before
    // carried over.
    private static void agreesWithANaiveOne(Random random, int capacity, int blockGaps) {
        var window = OneMember.window(capacity);
        var naive = new ArrayDeque<Long>();
        long exactSum = 0;
        long longest = 0;
        boolean anyLeft = false;
        for (int i = 0; i < 5_000; i++) {
            if (random.nextInt(10 * capacity) == 0) {
                window.clear(MEMBER);
                naive.clear();
                exactSum = 0;
                longest = 0;
                anyLeft = false;
            }
            long micros = gap(random);
            window.record(MEMBER, micros * 1_000);
            naive.add(micros);
            exactSum += micros;
            longest = Math.max(longest, micros);
            if (naive.size() > capacity) {
                exactSum -= naive.remove();
                anyLeft = true;
            }
            assertThat(window.size(MEMBER)).isEqualTo(naive.size());
            long misplaced = blockGaps == 1 ? 0 : longest * blockGaps / 4 + blockGaps;
            long rounded = longest * blockGaps / 2_000 + 1;
            assertThat(Math.abs(window.sumMicros(MEMBER) - exactSum))
                    .isLessThanOrEqualTo(anyLeft ? misplaced + rounded : 0);
        }
    }

    @Test
    void theMeanOfAUsualRhythmIsOffByLessThanATwentiethOfAPercent() {
        Random random = new Random(7);
        var window = OneMember.window(1_000);
        var naive = new ArrayDeque<Long>();
        long exactSum = 0;
        double greatest = 0;
        for (int i = 0; i < 100_000; i++) {
            long micros = 90_000 + random.nextLong(20_000);
            window.record(MEMBER, micros * 1_000);
            naive.add(micros);
            exactSum += micros;
            exactSum -= naive.size() > 1_000 ? naive.remove() : 0;
            greatest = Math.max(greatest, Math.abs(window.sumMicros(MEMBER) / (double) exactSum - 1));
        }
        assertThat(greatest).isLessThan(0.000_5);
    }

    @Test
    void resizingALargeWindowKeepsAboutTheNewestGaps() {
        var window = OneMember.window(1_000);
        for (int i = 0; i < 5_000; i++) {
            window.record(MEMBER, i < 4_500 ? 1_000 : 3_000);
        }
        window.resize(496);
        assertThat(window.size(MEMBER)).isEqualTo(496);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(496 * 3);
        window.resize(100_000);
        assertThat(window.size(MEMBER)).isEqualTo(496);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(496 * 3);
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
    void roundsToTwelveBits(long randomSeed) {
        Random random = new Random(randomSeed);
        for (int i = 0; i < 10_000; i++) {
            long micros = 1 + random.nextLong((MOST_GAPS * LONGEST) >> random.nextInt(31));
            long rounded = BlockRing.decode(BlockRing.encode(micros));
            assertThat(Math.abs(rounded - micros)).as("%d", micros).isLessThanOrEqualTo(micros / 4_096 + 1);
        }
    }

    @Test
    void hasACodeForNothingAndForTheLongestBlockWithItsCarry() {
        assertThat(BlockRing.decode(BlockRing.encode(0))).isZero();
        assertThat(BlockRing.decode(BlockRing.encode(-5))).isZero();
        long longestBlock = MOST_GAPS * LONGEST;
        assertThat(BlockRing.decode(BlockRing.encode(longestBlock + longestBlock / 4_096)))
                .isGreaterThan(longestBlock - longestBlock / 4_096);
    }

    @Test
    void roundsToWholeMicroseconds() {
        var window = OneMember.window(10);
        window.record(MEMBER, 499);
        window.record(MEMBER, 500);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(1);
    }

    @Test
    void isExactUntilTheFirstGapLeaves() {
        var window = OneMember.window(1_000);
        long exact = 0;
        for (int i = 0; i < 1_000; i++) {
            long micros = 99_000 + i % 1_999L;
            window.record(MEMBER, micros * 1_000);
            exact += micros;
        }
        assertThat(window.sumMicros(MEMBER)).isEqualTo(exact);
    }

    @Test
    void leavesNoErrorBehindAfterMillionsOfGaps() {
        var window = OneMember.window(3);
        for (int i = 0; i < 3_000_000; i++) {
            window.record(MEMBER, 1_000 * (1 + i % 7_919L));
        }
        for (int i = 0; i < 7_919; i++) {
            window.record(MEMBER, 1_000); // pays off what was carried
        }
        window.record(MEMBER, 1_000);
        window.record(MEMBER, 2_000);
        window.record(MEMBER, 3_000);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(6);
    }

    @Test
    void aSmallerWindowKeepsTheNewestGapsAndALargerOneAll() {
        ArrivalWindows window = OneMember.window(4);
        for (int i = 1; i <= 6; i++) {
            window.record(MEMBER, i * 1_000L);
        }
        window.resize(2);
        assertThat(window.size(MEMBER)).isEqualTo(2);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(5 + 6);
        window.resize(3);
        window.record(MEMBER, 7_000);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(5 + 6 + 7);
        window.record(MEMBER, 8_000);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(6 + 7 + 8);
    }

    @Test
    void stretchingMakesGapsLongerUpToALengthAndNoneShorter() {
        ArrivalWindows window = OneMember.window(3);
        window.record(MEMBER, 1_000);
        window.record(MEMBER, 4_000);
        window.record(MEMBER, 12_000);
        window.stretch(3, 10_000);
        assertThat(window.sumMicros(MEMBER)).isEqualTo(3 + 10 + 12);
        assertThat(window.size(MEMBER)).isEqualTo(3);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DoubtedHearingTest {
    private static final long INTERVAL = 100_000_000;
    private static final int PEERS = 10;

    private final DoubtedHearing hearing = new DoubtedHearing(INTERVAL, 3);
    private long nowNanos = 7 * INTERVAL;

    /** Rounds on time, each with so many digests spread over it. */
    private void rounds(int count, int digests) {
        for (int i = 0; i < count; i++) {
            hearing.roundBegan(nowNanos, PEERS);
            for (int j = 1; j <= digests; j++) {
                hearing.heard(nowNanos + j * INTERVAL / (digests + 1));
            }
            nowNanos += INTERVAL;
        }
    }

    private long listenedIn(Runnable what) {
        long before = hearing.listenedNanos(nowNanos);
        what.run();
        return hearing.listenedNanos(nowNanos) - before;
    }

    @Test
    void listensAllTheTimeWhileAsMuchComesInAsEver() {
        assertThat(listenedIn(() -> rounds(500, 6))).isEqualTo(500 * INTERVAL);
    }

    @Test
    void listensAllTheTimeWhileHalfOfTheUsualComesIn() {
        rounds(500, 6);
        assertThat(listenedIn(() -> rounds(50, 3))).isEqualTo(50 * INTERVAL);
    }

    @Test
    void timeInWhichNobodyIsHeardCountsForAQuarterOnceWhatWasSavedUpIsGone() {
        rounds(500, 6);
        long least = 42 * INTERVAL / DoubtedHearing.SLOWEST;
        assertThat(listenedIn(() -> rounds(42, 0))).isBetween(least, least + 2 * INTERVAL);
    }

    @Test
    void doubtsNothingWithOnePeerAlone() {
        rounds(500, 6);
        long before = hearing.listenedNanos(nowNanos);
        for (int i = 0; i < 20; i++) {
            hearing.roundBegan(nowNanos, 1);
            nowNanos += INTERVAL;
        }
        assertThat(hearing.listenedNanos(nowNanos) - before).isEqualTo(20 * INTERVAL);
    }

    @Test
    void ownStallDoesNotCountAndTheRoundAfterItIsFree() {
        rounds(100, 6);
        long before = hearing.listenedNanos(nowNanos);
        nowNanos += 300 * INTERVAL;
        hearing.roundBegan(nowNanos, PEERS);
        assertThat(hearing.isWaking()).isTrue();
        nowNanos += INTERVAL;
        assertThat(hearing.listenedNanos(nowNanos) - before).isLessThanOrEqualTo(INTERVAL);
        hearing.roundBegan(nowNanos, PEERS);
        assertThat(hearing.isWaking()).isFalse();
        assertThat(listenedIn(() -> rounds(10, 6))).isEqualTo(10 * INTERVAL);
    }

    @Test
    void whoIsAlwaysLateStillGetsOn() {
        rounds(100, 6);
        long before = hearing.listenedNanos(nowNanos);
        for (int i = 0; i < 100; i++) {
            nowNanos += 5 * INTERVAL;
            hearing.roundBegan(nowNanos, PEERS);
            hearing.heard(nowNanos);
        }
        assertThat(hearing.listenedNanos(nowNanos) - before).isBetween(60 * INTERVAL, 80 * INTERVAL);
    }

    @Test
    void theClockNeverGoesBackNorFasterThanTime() {
        long randomSeed = Long.getLong("gossip.randomSeed", System.nanoTime());
        System.out.println("random seed " + randomSeed);
        SplittableRandom random = new SplittableRandom(randomSeed);
        hearing.roundBegan(nowNanos, PEERS);
        long listened = hearing.listenedNanos(nowNanos);
        for (int i = 0; i < 100_000; i++) {
            long step = random.nextInt(200) == 0 ? random.nextLong(100 * INTERVAL) : random.nextLong(INTERVAL / 3);
            nowNanos += step;
            switch (random.nextInt(4)) {
                case 0 -> hearing.roundBegan(nowNanos, random.nextInt(4));
                case 1 -> hearing.heard(nowNanos);
                default -> {}
            }
            long next = hearing.listenedNanos(nowNanos);
            assertThat(next - listened).as("step %d", i).isBetween(0L, step);
            listened = next;
        }
    }

    @Test
    void suspicionNeverDecreasesWhileAMemberIsSilentAndOthersAreHeard() {
        PhiAccrualDetector detector = OneMember.detector(DetectorSettings.DEFAULT);
        for (int i = 0; i < 100; i++) {
            rounds(1, 6);
            detector.signOfLife(OneMember.MEMBER, hearing.listenedNanos(nowNanos));
        }
        double phi = 0;
        for (int i = 0; i < 100; i++) {
            rounds(1, 6);
            double later = detector.phi(OneMember.MEMBER, hearing.listenedNanos(nowNanos));
            assertThat(later).isGreaterThan(phi);
            phi = later;
        }
    }

    @Test
    void countsEveryGapWhileDigestsComeAtUpToTwiceTheUsualPace() {
        for (int i = 0; i < 50; i++) {
            rounds(1, i % 2 == 0 ? 6 : 12);
            assertThat(hearing.shortestGapNanos()).isZero();
        }
    }

    @Test
    void countsNoShortGapsInARushAndInTheRoundAfterIt() {
        rounds(10, 6);
        rounds(1, 13);
        assertThat(hearing.shortestGapNanos()).isEqualTo(INTERVAL / 2);
        rounds(1, 6);
        assertThat(hearing.shortestGapNanos()).isEqualTo(INTERVAL / 2);
        rounds(1, 6);
        assertThat(hearing.shortestGapNanos()).isZero();
    }

    @Test
    void aRushDoesNotBecomeTheUsual() {
        rounds(100, 6);
        rounds(10, 300);
        assertThat(listenedIn(() -> rounds(50, 3))).isEqualTo(50 * INTERVAL);
    }

    @Test
    void theReferenceTrustsItsHearing() {
        Hearing trusted = DetectorRule.REFERENCE.hearing(INTERVAL, 3);
        trusted.roundBegan(0, PEERS);
        trusted.roundBegan(500 * INTERVAL, PEERS);
        assertThat(trusted.isWaking()).isFalse();
        assertThat(trusted.listenedNanos(500 * INTERVAL)).isEqualTo(500 * INTERVAL);
    }
}

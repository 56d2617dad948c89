/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhiAccrualDetectorTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long MAX_INTERVAL = 10 * SECOND;

    private final PhiAccrualDetector detector = OneMember.detector(DetectorSettings.DEFAULT);
    private long nowNanos = Long.MAX_VALUE - SECOND; // an arbitrary origin may overflow

    @ParameterizedTest(name = "{0} gaps of 1 s: dead after {2} s")
    @CsvSource({"1, 4.3333, 34.667", "5, 3.0, 24.0", "1000, 1.0199, 8.159"})
    void detectsADeathAsTheTableOfTheSemanticsSays(int gaps, double meanSeconds, double timeoutSeconds) {
        signs(gaps + 1, SECOND);
        assertThat(detector.samples(MEMBER)).isEqualTo(gaps);
        assertThat(detector.detectionTimeoutNanos(MEMBER) / SECOND).isCloseTo(timeoutSeconds, within(0.001));
        assertThat(detector.phi(MEMBER, nowNanos + SECOND)).isCloseTo(1 / meanSeconds, within(0.001));
        long timeoutNanos = (long) detector.detectionTimeoutNanos(MEMBER);
        assertThat(detector.isLive(MEMBER, nowNanos + timeoutNanos - 1_000)).isTrue();
        assertThat(detector.isLive(MEMBER, nowNanos + timeoutNanos + 1_000)).isFalse();
    }

    @Test
    void isLiveWithPhiExactlyAtTheThreshold() {
        signs(6, SECOND);
        assertThat(detector.phi(MEMBER, nowNanos + 24 * SECOND)).isEqualTo(8.0);
        assertThat(detector.isLive(MEMBER, nowNanos + 24 * SECOND)).isTrue();
    }

    @Test
    void isUndefinedAndNotLiveBeforeTheSecondSign() {
        assertThat(detector.silenceNanos(MEMBER, nowNanos)).isEqualTo(-1);
        assertUndefined();
        signs(1, SECOND);
        assertThat(detector.silenceNanos(MEMBER, nowNanos + 3)).isEqualTo(3);
        assertUndefined();
    }

    @Test
    void dropsAGapAboveMaxIntervalButCountsFromItsEnd() {
        signs(2, MAX_INTERVAL);
        assertThat(detector.samples(MEMBER)).isEqualTo(1);
        signs(1, MAX_INTERVAL + 1);
        assertThat(detector.samples(MEMBER)).isEqualTo(1);
        assertThat(detector.silenceNanos(MEMBER, nowNanos)).isZero();
    }

    @Test
    void revivesWithOneSignWithinMaxIntervalOfTheOneBefore() {
        signs(10, SECOND);
        detector.forgetIntervals(MEMBER);
        assertUndefined();
        signs(1, MAX_INTERVAL);
        assertThat(detector.isLive(MEMBER, nowNanos)).isTrue();
    }

    @Test
    void needsTwoSignsToReviveAfterALongerSilence() {
        signs(10, SECOND);
        detector.forgetIntervals(MEMBER);
        signs(1, MAX_INTERVAL + 1);
        assertUndefined();
        signs(1, SECOND);
        assertThat(detector.isLive(MEMBER, nowNanos)).isTrue();
    }

    @Test
    void takesATimeBeforeTheLastSignForTheSameMoment() {
        signs(3, SECOND);
        detector.signOfLife(MEMBER, nowNanos - SECOND);
        assertThat(detector.phi(MEMBER, nowNanos - SECOND)).isZero();
        assertThat(detector.silenceNanos(MEMBER, nowNanos + 5)).isEqualTo(5);
    }

    private void assertUndefined() {
        assertThat(detector.phi(MEMBER, nowNanos)).isNaN();
        assertThat(detector.detectionTimeoutNanos(MEMBER)).isNaN();
        assertThat(detector.isLive(MEMBER, nowNanos)).isFalse();
    }

    private void signs(int count, long gapNanos) {
        for (int i = 0; i < count; i++) {
            nowNanos += gapNanos;
            detector.signOfLife(MEMBER, nowNanos);
        }
    }
}

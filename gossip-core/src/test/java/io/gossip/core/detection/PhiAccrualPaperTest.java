/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * What Hayashibara, Défago, Yared and Katayama, <i>The φ Accrual Failure Detector</i> (SRDS 2004) ask of an accrual
 * failure detector (§3.2) and say of φ (§4): it accrues while a process is silent, it is bounded while heartbeats
 * come, it adapts to the network, and the threshold alone trades speed against mistakes.
 */
class PhiAccrualPaperTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private long nowNanos = -5 * SECOND;

    @Test
    void accruesWithoutBoundAfterACrash() {
        PhiAccrualDetector detector = fed(20, SECOND);
        double before = detector.phi(MEMBER, nowNanos);
        for (int doubling = 0; doubling < 20; doubling++) {
            double later = detector.phi(MEMBER, nowNanos + (SECOND << doubling));
            assertThat(later).isGreaterThan(before);
            before = later;
        }
        assertThat(before).isGreaterThan(100_000);
    }

    @Test
    void staysBoundedWhileHeartbeatsCome() {
        PhiAccrualDetector detector = fed(2, SECOND);
        for (int i = 0; i < 3_000; i++) {
            assertThat(detector.phi(MEMBER, nowNanos + SECOND)).isLessThanOrEqualTo(1);
            nowNanos += SECOND;
            detector.signOfLife(MEMBER, nowNanos);
            assertThat(detector.phi(MEMBER, nowNanos)).isZero();
        }
    }

    @Test
    void adaptsToTheNetwork() {
        double fast = fed(1_000, SECOND / 10).phi(MEMBER, nowNanos + SECOND);
        double slow = fed(1_000, 4 * SECOND).phi(MEMBER, nowNanos + SECOND);
        assertThat(fast / slow).isCloseTo(4.02 / 0.1245, within(0.1));
    }

    @Test
    void forgetsHowTheNetworkWasOneWindowAgo() {
        PhiAccrualDetector detector = fed(1_000, 4 * SECOND);
        feed(detector, 1_000, SECOND);
        // A full window of a thousand knows the sum of its gaps but for two of the longest in its oldest block of
        // eight.
        double bound = DetectorSettings.DEFAULT.phiThreshold() * 2 * 4 * SECOND / 1_005;
        assertThat(detector.detectionTimeoutNanos(MEMBER))
                .isCloseTo(fed(1_001, SECOND).detectionTimeoutNanos(MEMBER), within(bound));
    }

    @Test
    void detectsLaterWithAHigherThreshold() {
        double low = fed(10, SECOND, 4.0).detectionTimeoutNanos(MEMBER);
        double high = fed(10, SECOND, 12.0).detectionTimeoutNanos(MEMBER);
        assertThat(high).isCloseTo(3 * low, within(1.0));
    }

    private PhiAccrualDetector fed(int signs, long gapNanos) {
        return fed(signs, gapNanos, 8.0);
    }

    private PhiAccrualDetector fed(int signs, long gapNanos, double threshold) {
        var settings = new DetectorSettings(threshold, 1_000, Duration.ofSeconds(10), Duration.ofSeconds(5));
        var detector = OneMember.detector(settings);
        feed(detector, signs, gapNanos);
        return detector;
    }

    private void feed(PhiAccrualDetector detector, int signs, long gapNanos) {
        for (int i = 0; i < signs; i++) {
            nowNanos += gapNanos;
            detector.signOfLife(MEMBER, nowNanos);
        }
    }
}

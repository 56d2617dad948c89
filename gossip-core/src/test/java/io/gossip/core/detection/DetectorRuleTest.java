/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class DetectorRuleTest {
    @Test
    void isFoundByItsWord() {
        assertThat(DetectorRule.of("reference")).isEqualTo(DetectorRule.REFERENCE);
        assertThat(DetectorRule.of("self-doubting")).isEqualTo(DetectorRule.SELF_DOUBTING);
        assertThatThrownBy(() -> DetectorRule.of("REFERENCE"))
                .hasMessage("expected reference or self-doubting, got 'REFERENCE'");
    }

    @Test
    void aSignOutOfRhythmEndsTheSilenceAndRecordsNoGap() {
        PhiAccrualDetector detector = OneMember.detector(DetectorSettings.DEFAULT);
        detector.signOutOfRhythm(MEMBER, 5);
        assertThat(detector.silenceNanos(MEMBER, 7)).isEqualTo(2);
        detector.signOfLife(MEMBER, 10);
        detector.signOutOfRhythm(MEMBER, 20);
        assertThat(detector.samples(MEMBER)).isEqualTo(1);
        assertThat(detector.silenceNanos(MEMBER, 21)).isEqualTo(1);
    }
}

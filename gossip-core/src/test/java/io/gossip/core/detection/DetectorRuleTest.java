/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

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
        PhiAccrualDetector detector = new PhiAccrualDetector(DetectorSettings.DEFAULT);
        detector.signOutOfRhythm(5);
        assertThat(detector.silenceNanos(7)).isEqualTo(2);
        detector.signOfLife(10);
        detector.signOutOfRhythm(20);
        assertThat(detector.samples()).isEqualTo(1);
        assertThat(detector.silenceNanos(21)).isEqualTo(1);
    }
}

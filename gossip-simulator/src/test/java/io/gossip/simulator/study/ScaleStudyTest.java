/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.wire.ProtocolVersion;
import org.junit.jupiter.api.Test;

class ScaleStudyTest {
    @Test
    void measuresAClusterFromJoinToDeath() {
        ScaleRow row = new ScaleStudy(() -> 0).measure(12, 20, ProtocolVersion.V0);

        assertThat(row.digestBytes()).isBetween(12 * 60, 12 * 62 + 8);
        assertThat(row.partial()).isFalse();
        assertThat(row.bytesPerSecond()).isBetween(6 * 12 * 55.0, 8 * 12 * 65.0);
        assertThat(row.joinedSeconds()).isBetween(1.0, 15.0);
        assertThat(row.spreadSeconds()).isBetween(0.001, 8.0);
        assertThat(row.detectedSeconds()).isBetween(1.0, 39.0);
        assertThat(row.detectedByAllSeconds()).isGreaterThanOrEqualTo(row.detectedSeconds());
        assertThat(row.falseDeaths()).isZero();
        assertThat(row.markdown()).startsWith("| 12 | 20 B | V0 | ");
        assertThat(row.json()).startsWith("{\"members\":12,").contains("\"false_deaths\":0,");
    }
}

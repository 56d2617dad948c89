/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class FailuresTest {
    @Test
    void wordsOfStrangersCannotForgeLogLines() {
        assertThat(Failures.oneLine("a\r\n2026 ERROR b\u001b[31m\u2028c\u202ed\u0085"))
                .isEqualTo("a 2026 ERROR b [31m c d");
    }

    @Test
    void wordsOfStrangersAreCutShort() {
        assertThat(Failures.oneLine("x".repeat(65_535))).hasSize(504).endsWith("x ...");
    }
}

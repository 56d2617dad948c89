/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TextFormsTest {
    @ParameterizedTest
    @CsvSource({
        "100ms, PT0.1S",
        "1s, PT1S",
        "1.5s, PT1.5S",
        "10m, PT10M",
        "24h, PT24H",
        "7d, PT168H",
        "250us, PT0.00025S",
        "5ns, PT0.000000005S",
        "PT0.5S, PT0.5S",
        "pt2h, PT2H",
        "P1D, PT24H",
        "0s, PT0S"
    })
    void readsDurations(String text, Duration expected) {
        assertThat(DurationText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "s", "1 s", "-1s", "PT-1S", "1S", "1sec", "1.s", "1m30s", "P", "PT", "NaN", "1e3s"})
    void refusesOtherDurations(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DurationText.parse(text))
                .withMessageContaining("'" + text + "'");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "65536, 65536",
        "12B, 12",
        "64KiB, 65536",
        "1MiB, 1048576",
        "1 MiB, 1048576",
        "2GiB, 2147483648",
        "1kB, 1000",
        "3MB, 3000000"
    })
    void readsSizes(String text, long expected) {
        assertThat(SizeText.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "1.5MiB", "MiB", "1mib", "1TB", "1 000", "999999999999999999GiB", "0x10"})
    void refusesOtherSizes(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SizeText.parse(text))
                .withMessageContaining("'" + text + "'");
    }
}

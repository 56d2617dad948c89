/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.cli.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NearestNameTest {
    private static final List<String> NAMES =
            List.of("fanout", "seed", "set", "service", "gossip-interval", "max-members");

    @ParameterizedTest
    @CsvSource({
        "fanuot, fanout",
        "seeds, seed",
        "gossipInterval, gossip-interval",
        "gossip_interval, gossip-interval",
        "MAX_MEMBER, max-members",
        "sevrice, service",
    })
    void findsWhatWasMeant(String typed, String meant) {
        assertThat(NearestName.of(typed, NAMES)).contains(meant);
    }

    @ParameterizedTest
    @CsvSource({"colour", "x", "completely-different"})
    void doesNotGuessWildly(String typed) {
        assertThat(NearestName.of(typed, List.of("fanout", "service", "gossip-interval")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'', abc, 3", "abc, abc, 0", "abc, acb, 1", "abc, abd, 1", "abc, ab, 1", "ab, ba, 1", "abcd, dcba, 3"})
    void countsTypos(String from, String to, int typos) {
        assertThat(NearestName.typos(from, to)).isEqualTo(typos);
    }

    @Test
    void isNotKeptBusyByLongNames() {
        assertThat(NearestName.of("x".repeat(1_000_000), NAMES)).isEmpty();
    }
}

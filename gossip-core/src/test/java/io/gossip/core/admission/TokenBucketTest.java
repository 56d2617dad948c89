/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TokenBucketTest {
    private static final long SECOND = 1_000_000_000L;

    private final TokenBucket limiter = new TokenBucket(1_000);

    @Test
    void startsWithOneSecondsWorthAndNeverHoldsMore() {
        assertThat(limiter.available(-5)).isEqualTo(1_000);
        assertThat(limiter.available(100 * SECOND)).isEqualTo(1_000);
    }

    @Test
    void refillsEvenly() {
        limiter.take(1_000, 0);
        assertThat(limiter.available(0)).isZero();
        for (int step = 1; step <= 1_000; step++) {
            assertThat(limiter.available(step * SECOND / 1_000)).isBetween(step - 1L, (long) step);
        }
    }

    @Test
    void paysOffADebtFirst() {
        limiter.take(2_500, 0);
        assertThat(limiter.available(SECOND)).isZero();
        assertThat(limiter.available(2 * SECOND)).isEqualTo(500);
    }

    @Test
    void gainsNothingWhenTimeStandsStillOrStepsBack() {
        limiter.take(1_000, SECOND);
        assertThat(limiter.available(0)).isZero();
        assertThat(limiter.available(SECOND)).isZero();
    }

    @Test
    void doesNotLimitWithZero() {
        TokenBucket unlimited = new TokenBucket(0);
        unlimited.take(Long.MAX_VALUE, 0);
        assertThat(unlimited.available(0)).isEqualTo(Long.MAX_VALUE);
        assertThatIllegalArgumentException().isThrownBy(() -> new TokenBucket(-1));
    }
}

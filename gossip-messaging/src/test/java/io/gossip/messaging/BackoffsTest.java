/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.transport.HostPort;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BackoffsTest {
    private static final HostPort ADDRESS = new HostPort("10.0.0.1", 1);
    private static final long LONGEST_MILLIS = 5_000;

    private final Backoffs backoffs = new Backoffs(
            new MessagingOptions().setMaxReconnectDelay(Duration.ofMillis(LONGEST_MILLIS)), new SplittableRandom(1));

    @Test
    void eachFailureDoublesTheWaitUpToTheLongest() {
        long nowNanos = -1_000; // the clock may be anywhere
        long[] longest = {50, 100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000};
        for (long expected : longest) {
            backoffs.failed(ADDRESS, nowNanos);
            long wait = backoffs.remainingMillis(ADDRESS, nowNanos);

            assertThat(wait).isBetween(expected / 2, expected);
            assertThat(backoffs.remainingMillis(new HostPort("10.0.0.2", 1), nowNanos))
                    .isZero();
            nowNanos += TimeUnit.MILLISECONDS.toNanos(wait);
            assertThat(backoffs.remainingMillis(ADDRESS, nowNanos)).isZero();
        }
    }

    @Test
    void whatLastedStartsOver() {
        for (int i = 0; i < 8; i++) {
            backoffs.failed(ADDRESS, 0);
        }

        backoffs.forget(ADDRESS);
        backoffs.failed(ADDRESS, 0);

        assertThat(backoffs.remainingMillis(ADDRESS, 0)).isLessThanOrEqualTo(50);
    }

    @Test
    void addressesThatAreTriedNoMoreAreForgotten() {
        for (int i = 1; i <= 1_000; i++) {
            backoffs.failed(new HostPort("10.0.0.1", i), 0);
        }

        backoffs.failed(ADDRESS, TimeUnit.MINUTES.toNanos(1));

        assertThat(backoffs.size()).isEqualTo(1);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.identity.GossipAddress;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What decides when things happen, and how often they are told. */
class PacingTest {
    private static final long INTERVAL = 1_000_000_000;

    @Test
    void putsRoundsOneIntervalApartHoweverLongTheyTake() {
        assertThat(RoundClock.nextDueNanos(100, 100 + INTERVAL / 3, INTERVAL, 0.5))
                .isEqualTo(100 + INTERVAL);
    }

    @Test
    void aChangedIntervalCountsFromTheLastRound() {
        long now = 100 + INTERVAL / 2;
        assertThat(RoundClock.changedDueNanos(100, now, INTERVAL, 0.5)).isEqualTo(100 + INTERVAL);
        assertThat(RoundClock.changedDueNanos(100, now, INTERVAL / 4, 0.5)).isEqualTo(now);
    }

    @Test
    void skipsTheRoundsMissedInAStall() {
        long now = 100 + 7 * INTERVAL / 2;
        assertThat(RoundClock.nextDueNanos(100, now, INTERVAL, 0.5)).isEqualTo(now + INTERVAL);
    }

    @Test
    void variesTheIntervalByAtMostATenthAroundItsMean() {
        assertThat(RoundClock.nextDueNanos(0, 0, INTERVAL, 0)).isEqualTo(950_000_000);
        assertThat(RoundClock.nextDueNanos(0, 0, INTERVAL, 1)).isEqualTo(1_050_000_000);
    }

    @Test
    void survivesTheWrapOfTheNanosecondClock() {
        long due = Long.MAX_VALUE - INTERVAL / 2;
        assertThat(RoundClock.nextDueNanos(due, due + 5, INTERVAL, 0.5) - due).isEqualTo(INTERVAL);
    }

    @Test
    void waitsAtLeastAMillisecond() {
        assertThat(RoundClock.delayMillis(10, 10)).isOne();
        assertThat(RoundClock.delayMillis(5_600_000, 0)).isEqualTo(6);
    }

    @Test
    void logsOneLinePerSubjectAndPeriodAndCountsTheRest() {
        AtomicLong now = new AtomicLong(-5);
        RecordingLogger logger = new RecordingLogger();
        LimitedLog log = new LimitedLog(logger, now::get, 100);
        for (int i = 0; i < 10; i++) {
            log.log(Level.WARNING, "a", () -> "a happened");
        }
        log.log(Level.INFO, "b", () -> "b happened");
        now.addAndGet(100);
        log.log(Level.WARNING, "a", () -> "a happened");
        now.addAndGet(100);
        log.log(Level.WARNING, "a", () -> "a happened");
        assertThat(logger.lines)
                .containsExactly(
                        "WARNING a happened",
                        "INFO b happened",
                        "WARNING a happened (and 9 more like it since the last line)",
                        "WARNING a happened");
    }

    @Test
    void namesNodesReadablyAndDifferently() {
        RandomGenerator random = TestRandom.create();
        GossipAddress address = GossipAddress.parse("[::1]:10000");
        Set<String> names = new HashSet<>();
        for (int i = 0; i < 50; i++) {
            names.add(NodeNames.generate(address, random));
        }
        assertThat(names).allMatch(name -> name.matches("server:\\[::1]:10000-[a-z]+-[a-z]+-[a-z]+"));
        // 50 draws from 2^18 collide once in 200 runs, twice in 80,000.
        assertThat(names).hasSizeGreaterThanOrEqualTo(48);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.util.concurrent.TimeUnit;

/** When the next round is due. */
final class RoundClock {
    /** Members that were started together must not tick together: each gap varies by up to 5 % either way. */
    private static final double JITTER = 0.05;

    private RoundClock() {}

    /**
     * The due time after {@code dueNanos}: one interval later, unless that has passed already. Then the missed rounds are
     * skipped and the next one is a whole interval from now (W30).
     *
     * @param dueNanos when the round that has just run was due
     * @param nowNanos now
     * @param intervalNanos between rounds
     * @param chance uniform in 0 … 1
     */
    static long nextDueNanos(long dueNanos, long nowNanos, long intervalNanos, double chance) {
        long gap = gapNanos(intervalNanos, chance);
        return dueNanos + gap - nowNanos > 0 ? dueNanos + gap : nowNanos + gap;
    }

    /**
     * When the next round is due after the interval changed: one new interval after the last round was, and now if that
     * has passed.
     *
     * @param lastDueNanos when the last round was due
     * @param nowNanos now
     * @param intervalNanos between rounds from now on
     * @param chance uniform in 0 … 1
     */
    static long changedDueNanos(long lastDueNanos, long nowNanos, long intervalNanos, double chance) {
        long dueNanos = lastDueNanos + gapNanos(intervalNanos, chance);
        return dueNanos - nowNanos > 0 ? dueNanos : nowNanos;
    }

    private static long gapNanos(long intervalNanos, double chance) {
        return Math.round(intervalNanos * (1 + JITTER * (2 * chance - 1)));
    }

    static long delayMillis(long dueNanos, long nowNanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(dueNanos - nowNanos + 500_000));
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

/** A member's own clocks: a monotonic one that may be fast or slow and jump ahead, and a wall clock that may jump. */
final class MemberClock {
    private long trueBaseNanos;
    private long localBaseNanos;
    private double rate = 1;
    private long wallOffsetMillis;

    MemberClock(long localNanos) {
        localBaseNanos = localNanos;
    }

    long localNanos(long trueNanos) {
        long elapsed = trueNanos - trueBaseNanos;
        return localBaseNanos + (rate == 1 ? elapsed : (long) (elapsed * rate));
    }

    /** {@return true time that passes while this clock counts {@code localNanos}} */
    long trueDelay(long localNanos) {
        return rate == 1 ? localNanos : Math.max(1, (long) (localNanos / rate));
    }

    long wallMillis(long trueNanos) {
        return 1_700_000_000_000L + trueNanos / 1_000_000 + wallOffsetMillis;
    }

    void drift(double factor, long trueNanos) {
        rebase(trueNanos);
        rate = factor;
    }

    void jump(long byNanos, long trueNanos) {
        rebase(trueNanos);
        localBaseNanos += byNanos;
    }

    void wallJump(long byMillis) {
        wallOffsetMillis += byMillis;
    }

    private void rebase(long trueNanos) {
        localBaseNanos = localNanos(trueNanos);
        trueBaseNanos = trueNanos;
    }
}

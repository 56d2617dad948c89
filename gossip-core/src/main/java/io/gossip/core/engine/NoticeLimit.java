/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import java.util.EnumMap;
import java.util.Map;

/**
 * Lets through a few notices of each kind per minute: some are due once per address or name, and whoever invents these has
 * no end of them.
 */
final class NoticeLimit {
    static final int PER_PERIOD = 5;
    static final long PERIOD_NANOS = 60_000_000_000L;

    /** What becomes of a notice. */
    enum Verdict {
        SAY,
        SAY_AS_LAST,
        COUNT
    }

    private static final class Period {
        private final long beganNanos;
        private int said;

        Period(long beganNanos) {
            this.beganNanos = beganNanos;
        }
    }

    private final Map<Effect.Notice.Kind, Period> periods = new EnumMap<>(Effect.Notice.Kind.class);

    /** The period of a kind begins with its first notice, and anew with the last one let through. */
    Verdict judge(Effect.Notice.Kind kind, long nowNanos) {
        Period period = periods.get(kind);
        if (period == null || nowNanos - period.beganNanos >= PERIOD_NANOS) {
            period = new Period(nowNanos);
            periods.put(kind, period);
        }
        if (period.said >= PER_PERIOD) {
            return Verdict.COUNT;
        }
        period.said++;
        if (period.said < PER_PERIOD) {
            return Verdict.SAY;
        }
        Period silent = new Period(nowNanos);
        silent.said = PER_PERIOD;
        periods.put(kind, silent);
        return Verdict.SAY_AS_LAST;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.transport;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Logs at most one line per subject and period, and says how many were left out. Confined; the subjects must be few,
 * for example the constants of an enum.
 */
final class LimitedLog {
    private static final class Subject {
        private long lastNanos;
        private long leftOut;
    }

    private final Logger logger;
    private final LongSupplier nanoTime;
    private final long periodNanos;
    private final Map<Object, Subject> subjects = new HashMap<>();

    LimitedLog(Logger logger, LongSupplier nanoTime, long periodNanos) {
        this.logger = logger;
        this.nanoTime = nanoTime;
        this.periodNanos = periodNanos;
    }

    void log(Level level, Object subject, Supplier<String> line) {
        log(level, subject, line, null);
    }

    void log(Level level, Object subject, Supplier<String> line, @Nullable Throwable failure) {
        long now = nanoTime.getAsLong();
        Subject known = subjects.get(subject);
        if (known != null && now - known.lastNanos < periodNanos) {
            known.leftOut++;
            return;
        }
        long leftOut = known == null ? 0 : known.leftOut;
        Subject current = new Subject();
        current.lastNanos = now;
        subjects.put(subject, current);
        String text =
                leftOut == 0 ? line.get() : line.get() + " (and " + leftOut + " more like it since the last line)";
        if (failure == null) {
            logger.log(level, text);
        } else {
            logger.log(level, text, failure);
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.law;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Where violations are written down; keeps the first ones and counts the rest. */
final class Verdicts {
    private static final int KEPT = 20;

    private final Set<String> excused;
    private final List<Violation> violations = new ArrayList<>();
    private long count;
    private long excusedCount;
    private long nowNanos;

    Verdicts(Set<String> excused) {
        this.excused = excused;
    }

    void now(long nanos) {
        nowNanos = nanos;
    }

    void broken(String law, String text) {
        if (excused.contains(law)) {
            excusedCount++;
            return;
        }
        count++;
        if (violations.size() < KEPT) {
            violations.add(new Violation(law, nowNanos, text));
        }
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    long count() {
        return count;
    }

    long excusedCount() {
        return excusedCount;
    }
}

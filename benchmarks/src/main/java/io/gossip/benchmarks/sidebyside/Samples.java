/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.benchmarks.sidebyside;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Measured times, ms, and what is told of them. */
final class Samples {
    private final List<Double> millis = new ArrayList<>();

    void add(double value) {
        millis.add(value);
    }

    String json() {
        if (millis.isEmpty()) {
            return "null";
        }
        Collections.sort(millis);
        return "{\"n\":%d,\"min\":%.0f,\"median\":%.0f,\"p99\":%.0f,\"max\":%.0f}"
                .formatted(millis.size(), millis.get(0), percentile(0.5), percentile(0.99), percentile(1));
    }

    private double percentile(double part) {
        return millis.get((int) Math.round((millis.size() - 1) * part));
    }
}

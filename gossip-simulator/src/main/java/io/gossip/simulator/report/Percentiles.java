/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import java.util.List;

/** Reads percentiles from sorted values. */
final class Percentiles {
    private Percentiles() {}

    /** {@return the smallest value that {@code share} of the values do not exceed; NaN of none} */
    static double of(List<Double> ascending, double share) {
        if (ascending.isEmpty()) {
            return Double.NaN;
        }
        int index = (int) Math.ceil(share * ascending.size()) - 1;
        return ascending.get(Math.max(0, Math.min(ascending.size() - 1, index)));
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    }
}

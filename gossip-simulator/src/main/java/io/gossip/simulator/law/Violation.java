/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.law;

import java.util.Locale;

/**
 * A law that was broken.
 *
 * @param law its name
 * @param atNanos virtual time since the start of the run, ns
 * @param text what was seen and what should have been
 */
public record Violation(String law, long atNanos, String text) {
    /** {@return one line} */
    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%s at %.3f s: %s", law, atNanos / 1e9, text);
    }
}

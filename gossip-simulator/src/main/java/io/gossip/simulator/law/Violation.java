/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.law;

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
        return "%s at %.3f s: %s".formatted(law, atNanos / 1e9, text);
    }
}

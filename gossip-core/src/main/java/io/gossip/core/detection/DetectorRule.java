/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Locale;

/** What a failure detector makes of its own condition before it calls others dead. */
public enum DetectorRule {
    /** The reference's rule: time is time, whether or not this member could have heard anything meanwhile. */
    REFERENCE {
        @Override
        public Hearing hearing(long intervalNanos, int fanout) {
            return new TrustedHearing();
        }

        @Override
        public boolean asksFirst() {
            return false;
        }
    },

    /**
     * Doubts itself first: silence does not count while this member stood still, and less while it hears little from
     * anybody, a rush of digests teaches no rhythm, and who is about to be called dead is asked before.
     */
    SELF_DOUBTING {
        @Override
        public Hearing hearing(long intervalNanos, int fanout) {
            return new DoubtedHearing(intervalNanos, fanout);
        }

        @Override
        public boolean asksFirst() {
            return true;
        }
    };

    /** {@return the rule's name in options and files: {@code reference}, {@code self-doubting}} */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The rule of a name.
     *
     * @param word as {@link #word()} gives it
     * @return the rule
     * @throws IllegalArgumentException naming the value and what is allowed
     */
    public static DetectorRule of(String word) {
        for (DetectorRule rule : values()) {
            if (rule.word().equals(word)) {
                return rule;
            }
        }
        throw new IllegalArgumentException("expected reference or self-doubting, got '" + word + "'");
    }

    /**
     * Starts to listen by this rule.
     *
     * @param intervalNanos time between two rounds, ns, above 0
     * @param fanout live peers that a member writes to per round
     * @return the hearing of one member, confined to its thread
     */
    public abstract Hearing hearing(long intervalNanos, int fanout);

    /** {@return whether a member that is about to be called dead is written to before} */
    public abstract boolean asksFirst();
}

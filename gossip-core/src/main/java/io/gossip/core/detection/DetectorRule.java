/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/** What a failure detector makes of its own condition before it calls others dead. */
public enum DetectorRule {
    /** The reference's rule: time is time, whether or not this member could have heard anything meanwhile. */
    REFERENCE {
        @Override
        public Hearing hearing(long intervalNanos) {
            return new TrustedHearing();
        }

        @Override
        public boolean asksFirst() {
            return false;
        }
    },

    /** Doubts itself first: while it was frozen, hears little or gets few answers, silence counts for less. */
    SELF_DOUBTING {
        @Override
        public Hearing hearing(long intervalNanos) {
            return new DoubtedHearing(intervalNanos);
        }

        @Override
        public boolean asksFirst() {
            return true;
        }
    };

    /**
     * Starts to listen by this rule.
     *
     * @param intervalNanos time between two rounds, ns, above 0
     * @return the hearing of one member, confined to its thread
     */
    public abstract Hearing hearing(long intervalNanos);

    /** {@return whether a member that is about to be called dead is written to before} */
    public abstract boolean asksFirst();
}

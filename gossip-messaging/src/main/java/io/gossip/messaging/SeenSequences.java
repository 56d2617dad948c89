/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.messaging;

/**
 * Which messages of one sender have arrived: a sliding window over their sequences.
 *
 * <p>A sender's messages come in order on each connection, and again from the first unconfirmed one after each
 * reconnection. So what lies below the window can only be a repetition. Numbers may be missing: they went to others.
 *
 * <p><b>Source:</b> the anti-replay window of RFC 4303, §3.4.3, with a longer window.
 */
final class SeenSequences {
    /** Sequences that are told apart; a sender's unconfirmed messages to one receiver may span no more. */
    static final int WINDOW = 1 << 16;

    private static final int WORD_BITS = Long.SIZE;
    private static final int WORDS = WINDOW / WORD_BITS;

    private final long[] words =
            new long[WORDS]; // a ring: bit n stands for the sequence of the window that is n mod WINDOW
    private long highest;

    /**
     * Records an arrival.
     *
     * @param sequence of the message, unsigned
     * @return whether it is new; false for a repetition and for the number 0, which no message has
     */
    boolean add(long sequence) {
        if (sequence == 0) {
            return false;
        }
        if (Long.compareUnsigned(sequence, highest) > 0) {
            slideTo(sequence);
        } else if (Long.compareUnsigned(highest - sequence, WINDOW) >= 0) {
            return false;
        }
        int bit = (int) (sequence & (WINDOW - 1));
        long mask = 1L << (bit % WORD_BITS);
        boolean isNew = (words[bit / WORD_BITS] & mask) == 0;
        words[bit / WORD_BITS] |= mask;
        return isNew;
    }

    private void slideTo(long sequence) {
        long steps = Math.min(sequence - highest, WINDOW);
        if (steps < 0) { // more than 2^63 ahead
            steps = WINDOW;
        }
        for (long entering = sequence - steps + 1; entering != sequence + 1; entering++) {
            int bit = (int) (entering & (WINDOW - 1));
            words[bit / WORD_BITS] &= ~(1L << (bit % WORD_BITS));
        }
        highest = sequence;
    }
}

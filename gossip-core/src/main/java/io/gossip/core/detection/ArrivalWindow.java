/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;

/**
 * The last gaps between signs of life of one member, in a byte each, and their sum.
 *
 * <p>A gap is rounded to one of 232 lengths, a sixteenth off at most. What rounding adds or takes away is carried over to
 * the next gap, so roundings do not pile up: the rounded gaps and the carry together give the exact sum, to the
 * microsecond, until the first gap leaves. From then on the sum lacks the carry from before the oldest gap, which is
 * below a fifteenth of the longest gap ever recorded, however many gaps come and go (ADR 20).
 *
 * <p>All numbers are integers, so nothing else is lost by adding and taking away again (W39). The ring grows as it fills:
 * a member that was heard a few times costs a few bytes, not a whole window.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
final class ArrivalWindow {
    private static final byte[] NONE = {};
    private static final int FIRST_LENGTH = 8;
    private static final long MICRO = 1_000;

    private int capacity;
    private byte[] codes = NONE;
    private int size;
    private int next;
    private long roundedMicros;
    private int carryMicros;

    ArrivalWindow(int capacity) {
        this.capacity = capacity;
    }

    /** Records a gap of 0 to 30 min; the oldest one leaves when the window is full. */
    void record(long gapNanos) {
        if (size == capacity) {
            roundedMicros -= decode(codes[next]);
        } else {
            makeRoom();
            size++;
        }
        long wantedMicros = carryMicros + (gapNanos + MICRO / 2) / MICRO;
        byte code = encode(wantedMicros);
        codes[next] = code;
        roundedMicros += decode(code);
        carryMicros = (int) (wantedMicros - decode(code));
        next = next + 1 == capacity ? 0 : next + 1;
    }

    /** Holds so many gaps from now on; of those recorded, the newest that fit are kept. */
    void resize(int newCapacity) {
        if (newCapacity != capacity) {
            refill(newCapacity, 1, Long.MAX_VALUE);
        }
    }

    /** Makes every recorded gap longer, up to a length. */
    void stretch(double factor, long mostNanos) {
        refill(capacity, factor, mostNanos / MICRO);
    }

    private void refill(int newCapacity, double factor, long mostMicros) {
        byte[] old = codes;
        int oldSize = size;
        int oldest = size == capacity ? next : 0;
        clear();
        capacity = newCapacity;
        for (int i = Math.max(0, oldSize - newCapacity); i < oldSize; i++) {
            long micros = decode(old[(oldest + i) % oldSize]);
            record(MICRO * Math.max(micros, Math.min(mostMicros, (long) (micros * factor))));
        }
    }

    void clear() {
        codes = NONE;
        size = 0;
        next = 0;
        roundedMicros = 0;
        carryMicros = 0;
    }

    int size() {
        return size;
    }

    /** Never below 0: a carry from before the oldest gap may leave a little less than nothing. */
    long sumMicros() {
        return Math.max(0, roundedMicros + carryMicros);
    }

    // Nothing has left the ring before it has its full length, so the gaps stand in order from index 0.
    private void makeRoom() {
        if (size == codes.length) {
            int doubled = Math.max(FIRST_LENGTH, 2 * size);
            codes = Arrays.copyOf(codes, Math.min(doubled, capacity));
        }
    }

    /** A floating point number of four bits, the first of which is 1 and left out; below 16 the number itself. */
    static byte encode(long micros) {
        if (micros < 16) {
            return (byte) Math.max(0, micros);
        }
        int shift = 60 - Long.numberOfLeadingZeros(micros);
        long fourBits = (micros + (1L << (shift - 1))) >> shift;
        return (byte) (8L * shift + fourBits);
    }

    static long decode(byte code) {
        int bits = code & 0xff;
        return bits < 16 ? bits : (long) (8 + bits % 8) << (bits / 8 - 1);
    }
}

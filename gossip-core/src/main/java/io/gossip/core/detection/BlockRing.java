/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;

/**
 * Lengths of blocks of gaps, oldest first, in two bytes each: a floating point number of twelve significant bits. Grows as
 * it fills.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
final class BlockRing {
    private static final short[] NONE = {};
    private static final int FIRST_LENGTH = 4;

    private static final int MANTISSA_BITS = 11;
    private static final int MANTISSAS = 1 << MANTISSA_BITS;
    private static final int GREATEST_CODE = 0xffff;

    private short[] codes = NONE;
    private int oldest;
    private int size;
    private int carryMicros;

    int size() {
        return size;
    }

    /**
     * Adds a block. What rounding adds or takes away is carried over to the next one.
     *
     * @param most blocks that there can ever be at once
     */
    void add(long micros, int most) {
        if (size == codes.length) {
            codes = Arrays.copyOf(codes, Math.min(Math.max(FIRST_LENGTH, 2 * size), most));
        }
        long wantedMicros = carryMicros + micros;
        short code = encode(wantedMicros);
        codes[index(size)] = code;
        carryMicros = (int) (wantedMicros - decode(code));
        size++;
    }

    /** Takes the oldest block away. None is taken before there are as many as there can be, or the ring could not grow. */
    void removeOldest() {
        oldest = index(1);
        size--;
    }

    /** The length of a block, µs, by its place from 0, the oldest. */
    long micros(int place) {
        return decode(codes[index(place)]);
    }

    private int index(int place) {
        int at = oldest + place;
        return at < codes.length ? at : at - codes.length;
    }

    /** A floating point number of twelve bits, the first of which is 1 and left out; below 4,096 the number itself. */
    static short encode(long micros) {
        if (micros < 2 * MANTISSAS) {
            return (short) Math.max(0, micros);
        }
        int shift = Long.SIZE - 1 - MANTISSA_BITS - Long.numberOfLeadingZeros(micros);
        long bits = (micros + (1L << (shift - 1))) >> shift;
        return (short) Math.min(GREATEST_CODE, (long) MANTISSAS * shift + bits);
    }

    static long decode(short code) {
        int bits = code & GREATEST_CODE;
        return bits < 2 * MANTISSAS ? bits : (long) (MANTISSAS + bits % MANTISSAS) << (bits / MANTISSAS - 1);
    }
}

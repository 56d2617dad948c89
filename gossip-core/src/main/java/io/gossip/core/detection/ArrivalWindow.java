/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;

/**
 * How long the last gaps between signs of life of one member were together.
 *
 * <p>Gaps are kept in blocks of equal number, {@value #BLOCKS} blocks to a full window: a block is the sum of its gaps, in two
 * bytes. A gap that leaves takes an equal share of the oldest block with it. So the sum is exact, to the microsecond, until
 * the first gap leaves; from then on the blocks are, but for the oldest one, of which at most a quarter of its gaps times
 * the longest of them can be in the wrong place. A window of up to {@value #BLOCKS} gaps has one in each block, and
 * nothing to share (ADR 51).
 *
 * <p>The sum of a block is rounded to twelve significant bits. What rounding adds or takes away is carried over to the next
 * block, so roundings do not pile up. All numbers are integers, so nothing else is lost by adding and taking away again (W39).
 *
 * <p>The ring grows as it fills: a member that was heard a few times costs a few bytes. And it is touched once per block, which
 * matters as much: with hundreds of members, recording a gap is mostly a matter of waiting for memory.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
final class ArrivalWindow {
    /** About so many blocks make up a window. */
    private static final int BLOCKS = 128;

    private static final short[] NONE = {};
    private static final int FIRST_LENGTH = 4;
    private static final long MICRO = 1_000;

    private static final int MANTISSA_BITS = 11;
    private static final int MANTISSAS = 1 << MANTISSA_BITS;
    private static final int GREATEST_CODE = 0xffff;

    private int capacity;
    private int blockGaps;
    private short[] blocks = NONE;
    private int closed;
    private int oldest;
    private int size;
    private int open;
    private int left;
    private long openMicros;
    private long oldestMicros;
    private long sumMicros;
    private int carryMicros;

    ArrivalWindow(int capacity) {
        setCapacity(capacity);
    }

    private void setCapacity(int gaps) {
        capacity = gaps;
        blockGaps = (gaps + BLOCKS - 1) / BLOCKS;
    }

    /** Records a gap of 0 to 30 min; the oldest one leaves when the window is full. */
    void record(long gapNanos) {
        recordMicros((gapNanos + MICRO / 2) / MICRO);
    }

    private void recordMicros(long micros) {
        if (size == capacity) {
            leave();
        } else {
            size++;
        }
        sumMicros += micros;
        openMicros += micros;
        if (++open == blockGaps) {
            close();
        }
    }

    private void leave() {
        if (left == 0) {
            oldestMicros = decode(blocks[oldest]);
        }
        sumMicros -= share(oldestMicros, left, blockGaps);
        if (++left == blockGaps) {
            left = 0;
            closed--;
            oldest = oldest + 1 == blocks.length ? 0 : oldest + 1;
        }
    }

    /** What the gap at a place of a block counts, so that all of them together are the block. */
    private static long share(long blockMicros, int place, int gaps) {
        return blockMicros * (place + 1) / gaps - blockMicros * place / gaps;
    }

    private void close() {
        if (closed == blocks.length) {
            makeRoom();
        }
        long wantedMicros = carryMicros + openMicros;
        short code = encode(wantedMicros);
        int end = oldest + closed;
        blocks[end < blocks.length ? end : end - blocks.length] = code;
        carryMicros = (int) (wantedMicros - decode(code));
        closed++;
        open = 0;
        openMicros = 0;
    }

    // No block has left the ring before it has its full length, so the blocks stand in order from index 0.
    private void makeRoom() {
        int most = (capacity + blockGaps - 1) / blockGaps;
        blocks = Arrays.copyOf(blocks, Math.min(Math.max(FIRST_LENGTH, 2 * closed), most));
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
        long[] gaps = gapsMicros();
        clear();
        setCapacity(newCapacity);
        for (int i = Math.max(0, gaps.length - newCapacity); i < gaps.length; i++) {
            recordMicros(Math.max(gaps[i], Math.min(mostMicros, (long) (gaps[i] * factor))));
        }
    }

    /** The gaps from the oldest on; those of one block are taken to be of equal length. */
    private long[] gapsMicros() {
        long[] gaps = new long[size];
        int count = 0;
        for (int block = 0; block < closed; block++) {
            long micros = decode(blocks[(oldest + block) % blocks.length]);
            for (int place = block == 0 ? left : 0; place < blockGaps; place++) {
                gaps[count++] = share(micros, place, blockGaps);
            }
        }
        for (int place = 0; place < open; place++) {
            gaps[count++] = share(openMicros, place, open);
        }
        return gaps;
    }

    void clear() {
        blocks = NONE;
        closed = 0;
        oldest = 0;
        size = 0;
        open = 0;
        left = 0;
        openMicros = 0;
        oldestMicros = 0;
        sumMicros = 0;
        carryMicros = 0;
    }

    int size() {
        return size;
    }

    /** Never below 0: a carry from before the oldest block may leave a little less than nothing. */
    long sumMicros() {
        return Math.max(0, sumMicros);
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

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * For each member, how long the last gaps between its signs of life were together.
 *
 * <p>Gaps are kept in blocks of equal number, {@value #BLOCKS} blocks to a full window: a block is the sum of its gaps, in two
 * bytes. A gap that leaves takes an equal share of the oldest block with it. So the sum is exact, to the microsecond, until
 * the first gap leaves; from then on the blocks are, but for the oldest one, of which at most a quarter of its gaps times
 * the longest of them can be in the wrong place. A window of up to {@value #BLOCKS} gaps has one in each block, and
 * nothing to share (ADR 51).
 *
 * <p>The sum of a block is rounded to twelve significant bits, and roundings do not pile up ({@link BlockRing}). All numbers
 * are integers, so nothing else is lost by adding and taking away again (W39).
 *
 * <p>A member that was heard a few times costs a few bytes. What each gap touches stands in columns by slot, the blocks, which
 * one gap in eight touches, do not: with hundreds of members, recording a gap is mostly a matter of waiting for memory (ADR 63).
 *
 * <p><b>Threads:</b> confined to one thread.
 */
final class ArrivalWindows {
    /** About so many blocks make up a window. */
    private static final int BLOCKS = 128;

    private static final long MICRO = 1_000;

    private int capacity;
    private int blockGaps;

    // by slot
    private int[] size = {};
    private int[] open = {};
    private int[] left = {};
    private long[] openMicros = {};
    private long[] leavingMicros = {};
    private int[] leavingLonger = {};
    private long[] sumMicros = {};
    private @Nullable BlockRing[] closed = {};

    ArrivalWindows(int capacity) {
        setCapacity(capacity);
    }

    private void setCapacity(int gaps) {
        capacity = gaps;
        blockGaps = (gaps + BLOCKS - 1) / BLOCKS;
    }

    /** Begins the window of a member, or begins it anew. Nothing else may be asked of a slot before. */
    void clear(int member) {
        if (member >= size.length) {
            makeRoom(Columns.roomFor(member));
        }
        size[member] = 0;
        open[member] = 0;
        left[member] = 0;
        openMicros[member] = 0;
        leavingMicros[member] = 0;
        leavingLonger[member] = 0;
        sumMicros[member] = 0;
        closed[member] = null;
    }

    private void makeRoom(int slots) {
        size = Arrays.copyOf(size, slots);
        open = Arrays.copyOf(open, slots);
        left = Arrays.copyOf(left, slots);
        openMicros = Arrays.copyOf(openMicros, slots);
        leavingMicros = Arrays.copyOf(leavingMicros, slots);
        leavingLonger = Arrays.copyOf(leavingLonger, slots);
        sumMicros = Arrays.copyOf(sumMicros, slots);
        closed = Arrays.copyOf(closed, slots);
    }

    /** Records a gap of 0 to 30 min; the oldest one leaves when the window is full. */
    void record(int member, long gapNanos) {
        recordMicros(member, (gapNanos + MICRO / 2) / MICRO);
    }

    private void recordMicros(int member, long micros) {
        if (size[member] == capacity) {
            leave(member);
        } else {
            size[member]++;
        }
        sumMicros[member] += micros;
        openMicros[member] += micros;
        if (++open[member] == blockGaps) {
            close(member);
        }
    }

    private void leave(int member) {
        if (left[member] == 0) {
            long oldestMicros = blocks(member).micros(0);
            leavingMicros[member] = oldestMicros / blockGaps;
            leavingLonger[member] = (int) (oldestMicros % blockGaps);
        }
        sumMicros[member] -= leavingMicros[member] + (left[member] < leavingLonger[member] ? 1 : 0);
        if (++left[member] == blockGaps) {
            left[member] = 0;
            blocks(member).removeOldest();
        }
    }

    /** What the gap at a place of a block counts, so that all of them together are the block: the first ones 1 µs more. */
    private static long share(long blockMicros, int place, int gaps) {
        return blockMicros / gaps + (place < blockMicros % gaps ? 1 : 0);
    }

    private void close(int member) {
        blocks(member).add(openMicros[member], (capacity + blockGaps - 1) / blockGaps);
        open[member] = 0;
        openMicros[member] = 0;
    }

    private BlockRing blocks(int member) {
        BlockRing blocks = closed[member];
        if (blocks == null) {
            blocks = new BlockRing();
            closed[member] = blocks;
        }
        return blocks;
    }

    /** Holds so many gaps of each member from now on; of those recorded, the newest that fit are kept. */
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
        int oldBlockGaps = blockGaps;
        setCapacity(newCapacity);
        for (int member = 0; member < size.length; member++) {
            long[] gaps = gapsMicros(member, oldBlockGaps);
            clear(member);
            for (int i = Math.max(0, gaps.length - newCapacity); i < gaps.length; i++) {
                recordMicros(member, Math.max(gaps[i], Math.min(mostMicros, (long) (gaps[i] * factor))));
            }
        }
    }

    /** The gaps from the oldest on, in blocks of so many; those of one block are taken to be of equal length. */
    private long[] gapsMicros(int member, int gapsOfBlock) {
        long[] gaps = new long[size[member]];
        int count = 0;
        BlockRing blocks = closed[member];
        for (int block = 0; blocks != null && block < blocks.size(); block++) {
            long micros = blocks.micros(block);
            for (int place = block == 0 ? left[member] : 0; place < gapsOfBlock; place++) {
                gaps[count++] = share(micros, place, gapsOfBlock);
            }
        }
        for (int place = 0; place < open[member]; place++) {
            gaps[count++] = share(openMicros[member], place, open[member]);
        }
        return gaps;
    }

    int size(int member) {
        return size[member];
    }

    /** Never below 0: a carry from before the oldest block may leave a little less than nothing. */
    long sumMicros(int member) {
        return Math.max(0, sumMicros[member]);
    }
}

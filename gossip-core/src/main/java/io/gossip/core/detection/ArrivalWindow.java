/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;

/**
 * The last gaps between signs of life of one member, and their exact sum.
 *
 * <p>A ring of whole microseconds: the largest interval allowed (30 min) fits an {@code int}, and integers added and
 * taken away again leave no error behind, as floating point numbers would (W39). The ring grows as it fills, so a
 * member that was heard a few times costs a few dozen bytes, not a whole window.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
final class ArrivalWindow {
    private static final int[] NONE = {};
    private static final int FIRST_LENGTH = 8;
    private static final long MICRO = 1_000;

    private final int capacity;
    private int[] gapsMicros = NONE;
    private int size;
    private int next;
    private long sumMicros;

    ArrivalWindow(int capacity) {
        this.capacity = capacity;
    }

    /** Records a gap of 0 to 30 min; the oldest one leaves when the window is full. */
    void record(long gapNanos) {
        int gap = (int) ((gapNanos + MICRO / 2) / MICRO);
        if (size == capacity) {
            sumMicros -= gapsMicros[next];
        } else {
            makeRoom();
            size++;
        }
        gapsMicros[next] = gap;
        sumMicros += gap;
        next = next + 1 == capacity ? 0 : next + 1;
    }

    void clear() {
        gapsMicros = NONE;
        size = 0;
        next = 0;
        sumMicros = 0;
    }

    int size() {
        return size;
    }

    long sumMicros() {
        return sumMicros;
    }

    // Nothing has left the ring before it has its full length, so the gaps stand in order from index 0.
    private void makeRoom() {
        if (size == gapsMicros.length) {
            int doubled = Math.max(FIRST_LENGTH, 2 * size);
            gapsMicros = Arrays.copyOf(gapsMicros, Math.min(doubled, capacity));
        }
    }
}

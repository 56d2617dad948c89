/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.state;

import java.util.Arrays;

/**
 * Heartbeat, last GC version and max version of all node states of one cluster state, a row for each. They are read of
 * every member for every message, and hardly anything else is: so they lie side by side and not in the node states, each
 * of which is somewhere else in memory.
 */
final class NodeNumbers {
    private static final int HEARTBEAT = 0;
    private static final int LAST_GC_VERSION = 1;
    private static final int MAX_VERSION = 2;
    private static final int WIDTH = 3;

    private long[] rows = new long[WIDTH];

    /** A table with a row of zeros at 0. */
    NodeNumbers() {}

    /** Makes room for a row and sets it to zeros, whatever was in it. */
    void begin(int row) {
        int from = row * WIDTH;
        if (rows.length <= from) {
            rows = Arrays.copyOf(rows, WIDTH * (row + row / 2 + 1));
        }
        Arrays.fill(rows, from, from + WIDTH, 0);
    }

    /** A table of its own for one row, which stands at 0 there. */
    NodeNumbers only(int row) {
        NodeNumbers alone = new NodeNumbers();
        System.arraycopy(rows, row * WIDTH, alone.rows, 0, WIDTH);
        return alone;
    }

    long heartbeat(int row) {
        return rows[row * WIDTH + HEARTBEAT];
    }

    void heartbeat(int row, long value) {
        rows[row * WIDTH + HEARTBEAT] = value;
    }

    long lastGcVersion(int row) {
        return rows[row * WIDTH + LAST_GC_VERSION];
    }

    void lastGcVersion(int row, long value) {
        rows[row * WIDTH + LAST_GC_VERSION] = value;
    }

    long maxVersion(int row) {
        return rows[row * WIDTH + MAX_VERSION];
    }

    void maxVersion(int row, long value) {
        rows[row * WIDTH + MAX_VERSION] = value;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/** How long arrays by slot are. They grow with the number of members and never shrink: slots are given out again. */
final class Columns {
    private static final int FEWEST = 8;

    private Columns() {}

    /** The length to give arrays that have to hold a slot: by half more than needed, so that growing is rare. */
    static int roomFor(int slot) {
        return Math.max(FEWEST, slot + 1 + slot / 2);
    }
}

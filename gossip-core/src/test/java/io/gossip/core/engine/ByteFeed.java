/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import java.util.List;

/** Turns fuzz bytes into choices; zeros when they are used up. */
final class ByteFeed {
    private static final long[] EDGES = {
        0,
        1,
        2,
        3,
        5,
        8,
        100,
        1_000,
        1_001,
        1L << 20,
        (1L << 32) - 1,
        1L << 32,
        (1L << 32) + 1,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -2,
        -1
    };

    private final byte[] bytes;
    private int at;

    ByteFeed(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isEmpty() {
        return at >= bytes.length;
    }

    int octet() {
        return at < bytes.length ? bytes[at++] & 0xff : 0;
    }

    /** 0 to {@code bound} - 1, at most 256 choices. */
    int below(int bound) {
        return octet() % bound;
    }

    <T> T oneOf(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    /** Mostly small and growing with use, sometimes at an edge of the 64-bit numbers. */
    long number(long base) {
        int choice = octet();
        if (choice < 96) {
            return base + choice % 8;
        }
        return choice < 160 ? choice - 96 : EDGES[choice % EDGES.length];
    }
}

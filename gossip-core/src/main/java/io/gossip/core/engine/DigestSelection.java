/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.state.NodeStates;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Ranks the members for a digest that has no room for all: those first whose mention does most good (ADR 21).
 *
 * <p>A SYN asks: it names those whose last sign of life is the longest ago, so that everyone has his turn, and the gaps
 * between signs of life stay as even as a failure detector needs them. An answer tells: those first that the SYN asked
 * about and of whom it said nothing new, then the others, the latest news first. In both the dead come last, the latest
 * first. Some places are drawn by lot from all, so that news of the dead spreads as well.
 */
final class DigestSelection {
    // A rank is a number to sort by: class, age, lot and position, from the highest bits to the lowest.
    private static final int POSITION_BITS = 20;
    private static final int LOT_BITS = 10;
    private static final int AGE_BITS = 31;
    private static final int AGE_SHIFT = POSITION_BITS + LOT_BITS;
    private static final int CLASS_SHIFT = AGE_SHIFT + AGE_BITS;

    private static final long DRAWN = 0;
    private static final long ASKED = 1;
    private static final long LIVE = 1;
    private static final long OTHERS = 2;
    private static final long LAST = 3;

    private static final long MOST_AGE = (1L << AGE_BITS) - 1;

    /** Ages that differ by less than some 8 ms, about as much as one datagram brings at once, count as equal. */
    private static final int AGE_UNIT_BITS = 23;

    /** One place of so many is drawn by lot. */
    private static final int DRAWN_SHARE = 16;

    private final Members members;
    private final RandomGenerator random;
    private long[] ranks = new long[0];
    private int size;
    private int selfAt;

    DigestSelection(Members members, RandomGenerator random) {
        this.members = members;
        this.random = random;
    }

    /**
     * Ranks all but ourselves.
     *
     * @param nodes who could be named
     * @param places how many are likely to be, about
     * @param answering whether it answers the digest that was taken in last
     */
    void rank(NodeStates nodes, int places, boolean answering, long nowNanos) {
        if (ranks.length < nodes.size()) {
            ranks = new long[nodes.size() + nodes.size() / 4];
        }
        size = 0;
        long salt = random.nextLong();
        long drawnBelow = (long) places * (1 << 16) / (DRAWN_SHARE * Math.max(1L, nodes.size()));
        for (int at = 0; at < nodes.size(); at++) {
            Member member = members.find(nodes.identity(at));
            if (member == null) {
                selfAt = at;
                continue;
            }
            long lot = mix(salt + at);
            boolean drawn = (lot >>> 48) < drawnBelow;
            long rank = drawn ? DRAWN << CLASS_SHIFT : classAndAge(member, answering, nowNanos);
            ranks[size++] = rank | (lot & ((1 << LOT_BITS) - 1)) << POSITION_BITS | at;
        }
        Arrays.sort(ranks, 0, size);
    }

    private long classAndAge(Member member, boolean answering, long nowNanos) {
        long silenceNanos = members.detector.silenceNanos(member.slot(), members.hearing.listenedNanos(nowNanos));
        long age = silenceNanos < 0 ? MOST_AGE : age(silenceNanos);
        if (answering && members.index.isMentioned(member)) {
            // Silent for no time at all: the peer itself told us the latest news. The dead are told of like the living:
            // who has not their last heartbeat yet would take it for a sign of life when it comes late.
            return rank(silenceNanos == 0 ? LAST : ASKED, age);
        }
        if (member.everLive && !member.isLive()) {
            return rank(LAST, age(nowNanos - member.deadSinceNanos));
        }
        return answering ? rank(OTHERS, age) : rank(LIVE, MOST_AGE - age);
    }

    private static long rank(long classOfRank, long age) {
        return classOfRank << CLASS_SHIFT | age << AGE_SHIFT;
    }

    private static long age(long nanos) {
        return Math.min(MOST_AGE, Math.max(0, nanos) >>> AGE_UNIT_BITS);
    }

    // The finisher of SplitMix64: one random number serves all positions.
    private static long mix(long value) {
        long mixed = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }

    /** How many there are beside ourselves. */
    int size() {
        return size;
    }

    /** The position of the one that comes at a place, from 0. */
    int position(int place) {
        return (int) (ranks[place] & ((1 << POSITION_BITS) - 1));
    }

    /** The positions of the first ones and of ourselves, ascending. */
    int[] first(int count) {
        int[] chosen = new int[count + 1];
        for (int i = 0; i < count; i++) {
            chosen[i] = position(i);
        }
        chosen[count] = selfAt;
        Arrays.sort(chosen);
        return chosen;
    }
}

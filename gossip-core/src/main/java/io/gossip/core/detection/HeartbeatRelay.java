/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;

/**
 * Which heartbeat of each member to tell others, given which one we believe.
 *
 * <p>A reference peer believes the greatest heartbeat it hears and never goes back. A lie that we believe for a moment,
 * until the member's own voice refutes it, would silence the member there until its real heartbeat has caught up. So what
 * the member says itself is passed on as it is, but news by hearsay only in small steps: one at once, the rest as time goes
 * by, at twice the pace at which the member beats.
 *
 * <p>Twice, because what is told at just that pace never catches up once it fell behind, as it does whenever late news is
 * followed by fresh. It is less news to others then, so their gaps grow; and when the member dies it goes on rising here
 * and there, so they take it for alive for longer (ADR 54).
 *
 * <p>Members are named by their slots, as in {@link HeartbeatLedger}.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class HeartbeatRelay {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A rise that is always passed on at once: members raise theirs by about ten in a round. */
    private static final int STEP = 16;

    /** How many times faster than the member beats its heartbeat may rise here. */
    private static final int HEADROOM = 2;

    private static final long MOST_PER_SECOND = 1_000_000;

    // by slot
    private long[] heartbeat = {};
    private int[] room = {};
    private long[] roomNanos = {};
    private boolean[] timed = {};

    /** Its pace; 0 until we have heard its own voice for long enough to know. */
    private int[] perSecond = {};

    private boolean[] marked = {};
    private long[] markedHeartbeat = {};
    private long[] markedNanos = {};

    /** A relay that knows nobody. */
    public HeartbeatRelay() {}

    /**
     * The heartbeat to tell others.
     *
     * @param member the member's slot
     * @return unsigned
     */
    public long value(int member) {
        return heartbeat[member];
    }

    /**
     * Begins with a member, or starts over. Nothing else may be asked of a slot before.
     *
     * @param member the member's slot
     * @param trusted a heartbeat taken on trust, unsigned
     */
    public void start(int member, long trusted) {
        if (member >= heartbeat.length) {
            makeRoom(Columns.roomFor(member));
        }
        heartbeat[member] = trusted;
        room[member] = STEP;
        timed[member] = false;
        perSecond[member] = 0;
        marked[member] = false;
    }

    private void makeRoom(int slots) {
        heartbeat = Arrays.copyOf(heartbeat, slots);
        room = Arrays.copyOf(room, slots);
        roomNanos = Arrays.copyOf(roomNanos, slots);
        timed = Arrays.copyOf(timed, slots);
        perSecond = Arrays.copyOf(perSecond, slots);
        marked = Arrays.copyOf(marked, slots);
        markedHeartbeat = Arrays.copyOf(markedHeartbeat, slots);
        markedNanos = Arrays.copyOf(markedNanos, slots);
    }

    /**
     * Follows a member's own voice.
     *
     * @param member the member's slot
     * @param stated what it said, unsigned; earlier statements may arrive later
     * @param nowNanos monotonic time, ns
     */
    public void ownVoice(int member, long stated, long nowNanos) {
        learnPace(member, stated, nowNanos);
        if (Long.compareUnsigned(stated, heartbeat[member]) > 0) {
            heartbeat[member] = stated;
            room[member] = STEP;
            roomNanos[member] = nowNanos;
            timed[member] = true;
        }
    }

    /**
     * Follows what others say of a member.
     *
     * @param member the member's slot
     * @param believed what they made us believe, unsigned, above {@link #value}
     * @param usualPerSecond the pace to assume of a member whose own was not heard yet, above 0
     * @param nowNanos monotonic time, ns
     */
    public void hearsay(int member, long believed, int usualPerSecond, long nowNanos) {
        int pace = perSecond[member] == 0 ? usualPerSecond : perSecond[member];
        long grown = timed[member] ? grown(HEADROOM * (long) pace, nowNanos - roomNanos[member]) : 0;
        long most = Math.min(room[member], STEP) + grown;
        int roomNow = (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
        long gap = believed - heartbeat[member];
        long step = Long.compareUnsigned(gap, roomNow) <= 0 ? gap : roomNow;
        heartbeat[member] += step;
        room[member] = roomNow - (int) step;
        roomNanos[member] = nowNanos;
        timed[member] = true;
    }

    private static long grown(long perSecond, long elapsedNanos) {
        long seconds = elapsedNanos / NANOS_PER_SECOND;
        return perSecond * seconds + perSecond * (elapsedNanos % NANOS_PER_SECOND) / NANOS_PER_SECOND;
    }

    // Over a second at least, so that a burst of messages is not taken for its pace.
    private void learnPace(int member, long stated, long nowNanos) {
        long elapsedNanos = nowNanos - markedNanos[member];
        if (marked[member] && elapsedNanos < NANOS_PER_SECOND) {
            return;
        }
        long rise = stated - markedHeartbeat[member];
        if (marked[member] && rise > 0) {
            long millis = elapsedNanos / 1_000_000;
            perSecond[member] = (int) Math.max(1, Math.min(MOST_PER_SECOND, (long) (rise * 1_000.0 / millis)));
        }
        marked[member] = true;
        markedHeartbeat[member] = stated;
        markedNanos[member] = nowNanos;
    }
}

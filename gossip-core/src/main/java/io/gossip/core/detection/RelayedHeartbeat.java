/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/**
 * Which heartbeat of one member to tell others, given which one we believe.
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
 * <p><b>Threads:</b> confined to one thread.
 */
public final class RelayedHeartbeat {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A rise that is always passed on at once: members raise theirs by about ten in a round. */
    private static final int STEP = 16;

    /** How many times faster than the member beats its heartbeat may rise here. */
    private static final int HEADROOM = 2;

    private static final long MOST_PER_SECOND = 1_000_000;

    private long heartbeat;
    private int room = STEP;
    private long roomNanos;
    /** Its pace; 0 until we have heard its own voice for long enough to know. */
    private int perSecond;

    private boolean timed;
    private boolean marked;
    private long markedHeartbeat;
    private long markedNanos;

    /** A relay that nothing was heard for: {@link #start} comes first. */
    public RelayedHeartbeat() {}

    /** {@return the heartbeat to tell others, unsigned} */
    public long value() {
        return heartbeat;
    }

    /**
     * Starts over.
     *
     * @param trusted a heartbeat taken on trust, unsigned
     */
    public void start(long trusted) {
        heartbeat = trusted;
        room = STEP;
        perSecond = 0;
        timed = false;
        marked = false;
    }

    /**
     * Follows the member's own voice.
     *
     * @param stated what it said, unsigned; earlier statements may arrive later
     * @param nowNanos monotonic time, ns
     */
    public void ownVoice(long stated, long nowNanos) {
        learnPace(stated, nowNanos);
        if (Long.compareUnsigned(stated, heartbeat) > 0) {
            heartbeat = stated;
            room = STEP;
            roomNanos = nowNanos;
            timed = true;
        }
    }

    /**
     * Follows what others say of the member.
     *
     * @param believed what they made us believe, unsigned, above {@link #value()}
     * @param usualPerSecond the pace to assume of a member whose own was not heard yet, above 0
     * @param nowNanos monotonic time, ns
     */
    public void hearsay(long believed, int usualPerSecond, long nowNanos) {
        int pace = perSecond == 0 ? usualPerSecond : perSecond;
        long most = Math.min(room, STEP) + (timed ? grown(HEADROOM * (long) pace, nowNanos - roomNanos) : 0);
        room = (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
        roomNanos = nowNanos;
        timed = true;
        long gap = believed - heartbeat;
        long step = Long.compareUnsigned(gap, room) <= 0 ? gap : room;
        heartbeat += step;
        room -= (int) step;
    }

    private static long grown(long perSecond, long elapsedNanos) {
        long seconds = elapsedNanos / NANOS_PER_SECOND;
        return perSecond * seconds + perSecond * (elapsedNanos % NANOS_PER_SECOND) / NANOS_PER_SECOND;
    }

    // Over a second at least, so that a burst of messages is not taken for its pace.
    private void learnPace(long stated, long nowNanos) {
        long elapsedNanos = nowNanos - markedNanos;
        if (marked && elapsedNanos < NANOS_PER_SECOND) {
            return;
        }
        long rise = stated - markedHeartbeat;
        if (marked && rise > 0) {
            long millis = elapsedNanos / 1_000_000;
            perSecond = (int) Math.max(1, Math.min(MOST_PER_SECOND, (long) (rise * 1_000.0 / millis)));
        }
        marked = true;
        markedHeartbeat = stated;
        markedNanos = nowNanos;
    }
}

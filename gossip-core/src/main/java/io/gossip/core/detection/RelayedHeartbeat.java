/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/**
 * Which heartbeat of one member to tell others, given which one we believe.
 *
 * <p>A reference peer believes the greatest heartbeat it hears and never goes back. A lie that we believe for a moment,
 * until the member's own voice refutes it, would silence the member there until its real heartbeat has caught up. So what
 * the member says itself is passed on as it is, but news by hearsay no faster than the member beats: a small step at
 * once, the rest as time goes by. What is passed on still rises whenever the news does, which is all that a failure
 * detector asks for.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public final class RelayedHeartbeat {
    private static final long NANOS_PER_SECOND = 1_000_000_000L;

    /** A rise that is always passed on at once: members raise theirs by about ten in a round. */
    private static final int STEP = 16;

    /** Assumed of a member whose own voice we have not heard for long enough to know. */
    private static final int PER_SECOND = 16;

    private static final long MOST_PER_SECOND = 1_000_000;

    private long heartbeat;
    private int room = STEP;
    private long roomNanos;
    private int perSecond = PER_SECOND;
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
        perSecond = PER_SECOND;
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
     * @param nowNanos monotonic time, ns
     */
    public void hearsay(long believed, long nowNanos) {
        long most = Math.min(room, STEP) + (timed ? grown(nowNanos - roomNanos) : 0);
        room = (int) Math.max(1, Math.min(Integer.MAX_VALUE, most));
        roomNanos = nowNanos;
        timed = true;
        long gap = believed - heartbeat;
        long step = Long.compareUnsigned(gap, room) <= 0 ? gap : room;
        heartbeat += step;
        room -= (int) step;
    }

    private long grown(long elapsedNanos) {
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

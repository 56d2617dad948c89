/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/**
 * How well this member itself can hear: the part of a failure detector that is about the observer.
 *
 * <p>Silence is measured on the clock that a hearing keeps, and the suspicion that comes of it is divided by its doubt.
 * So the detectors of single members (see {@link PhiAccrualDetector}) need not know which rule is in force, and
 * doubting costs the same for one member as for thousands.
 *
 * <p><b>Threads:</b> confined to one thread.
 */
public sealed interface Hearing permits TrustedHearing, DoubtedHearing {
    /**
     * A round began.
     *
     * @param nowNanos monotonic time, ns
     * @param livePeers other members that count as live
     */
    void roundBegan(long nowNanos, int livePeers);

    /**
     * A member or a seed node told what it knows of others.
     *
     * @param nowNanos monotonic time, ns
     */
    void heard(long nowNanos);

    /**
     * The clock on which silence is measured; never goes back as long as time does not.
     *
     * @param nowNanos monotonic time, ns
     * @return ns, of the same origin
     */
    long listenedNanos(long nowNanos);

    /**
     * Rounds come at another pace from now on. A round is taken to begin at this moment, so that one which is late by the
     * new pace alone does not count as one.
     *
     * @param intervalNanos time between two rounds, ns, above 0
     * @param fanout live members gossiped with in each round, at least 1
     * @param nowNanos monotonic time, ns
     */
    void paceChanged(long intervalNanos, int fanout, long nowNanos);

    /** {@return whether this member has just woken up: what it hears now says nothing about the rhythm of others} */
    boolean isWaking();

    /**
     * {@return the shortest gap between signs of life that says something about the rhythm of a member now, ns; 0 while all
     * do} A member needs one gap to be judged by, however short.
     */
    long shortestGapNanos();
}

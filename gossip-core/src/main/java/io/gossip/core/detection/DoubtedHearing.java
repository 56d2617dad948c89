/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/**
 * Doubts its own hearing before the health of others.
 *
 * <p>Two things make healthy members look silent that are not their fault:
 *
 * <ul>
 *   <li><b>This member stood still</b> (garbage collection, SIGSTOP, a laptop that slept): a round begins much later
 *       than due. Time beyond one and a half intervals does not count, and until the round after it the clock rests:
 *       peers get a chance to speak.
 *   <li><b>It hears little from anybody</b>: listening time has to be paid for with digests received. Each pays for
 *       several mean gaps between digests, so as long as a good part of the usual ones comes in, the clock runs with
 *       time; when nothing comes in at all, it runs at a fraction of its speed.
 * </ul>
 *
 * <p>And one makes them look <i>faster</i> than they are, so that their usual pace looks like silence afterwards: <b>a rush</b>,
 * as when hundreds join through this member at once. Each digest brings news, each message raises a heartbeat, and
 * hundreds of gaps of milliseconds would outweigh all others. While digests come at much more than the pace at which
 * rounds bring them, only gaps of half an interval and more count.
 *
 * <p>The first two are bounded, so a true partition is found: of a time in which rounds are on time at least a quarter counts, and
 * of one in which all are late at least one and a half intervals for every second round. With fewer than two live peers
 * nothing has to be paid for: that one peer out of one is silent says nothing about our hearing.
 *
 * <p><b>Source:</b> that a member should doubt itself first, by a bounded factor, is the idea of Dadgar, Phillips, Currey,
 * <i>Lifeguard: Local Health Awareness for More Accurate Failure Detection</i>, DSN-W 2018, §IV. There, a counter of
 * missed answers multiplies time limits; here, the clock slows down, so what passed in bad health never counts.
 */
final class DoubtedHearing implements Hearing {
    /** When nothing is heard at all, the clock runs at this fraction of its speed. */
    static final int SLOWEST = 4;

    /** Mean gaps that one digest pays for: the clock runs with time while a quarter of the usual ones comes in. */
    private static final double DIGEST_PAYS = 4;

    /** Over how many gaps the mean reaches back; about as far as the detectors of members do. */
    private static final int MOST_GAPS = 512;

    private static final int ENOUGH_GAPS = 32;

    /** Longer gaps count as so many intervals: being alone or cut off for long does not become the usual. */
    private static final int LONGEST_GAP = 4;

    private static final int PEERS_TO_COMPARE = 2;

    /** Rounds bring two digests per fanout on average, an answer and a SYN; twice as many are a rush. */
    private static final int RUSH_PER_FANOUT = 4;

    private int rush;
    private long intervalNanos;
    private long lateNanos;
    private long mostCreditNanos;

    private boolean begun;
    private long roundNanos;
    private long atNanos;
    private long listenedNanos;
    private boolean waking;
    private boolean comparing;
    private long creditNanos;

    private int digestsBefore;
    private int digests;

    private boolean heard;
    private long heardNanos;
    private int gaps;
    private double meanGapNanos;

    DoubtedHearing(long intervalNanos, int fanout) {
        this.rush = RUSH_PER_FANOUT * Math.max(1, fanout);
        this.intervalNanos = intervalNanos;
        this.lateNanos = intervalNanos + intervalNanos / 2;
        this.mostCreditNanos = 2 * intervalNanos;
        this.creditNanos = mostCreditNanos;
    }

    @Override
    public void paceChanged(long newIntervalNanos, int fanout, long nowNanos) {
        advance(nowNanos);
        creditNanos = (long) (creditNanos * ((double) newIntervalNanos / intervalNanos));
        rush = RUSH_PER_FANOUT * Math.max(1, fanout);
        intervalNanos = newIntervalNanos;
        lateNanos = newIntervalNanos + newIntervalNanos / 2;
        mostCreditNanos = 2 * newIntervalNanos;
        roundNanos = nowNanos;
        atNanos = nowNanos;
    }

    @Override
    public void roundBegan(long nowNanos, int livePeers) {
        advance(nowNanos);
        // Never twice in a row: whose rounds are always late has to get on as well.
        waking = begun && !waking && nowNanos - roundNanos > lateNanos;
        begun = true;
        digestsBefore = digests;
        digests = 0;
        roundNanos = nowNanos;
        atNanos = nowNanos;
        comparing = livePeers >= PEERS_TO_COMPARE;
    }

    @Override
    public void heard(long nowNanos) {
        advance(nowNanos);
        digests = Math.min(digests + 1, Integer.MAX_VALUE - 1);
        if (heard && !waking && !isRush()) {
            learnGap(Math.min(nowNanos - heardNanos, LONGEST_GAP * intervalNanos));
        }
        heard = true;
        heardNanos = nowNanos;
        creditNanos = Math.min(mostCreditNanos, creditNanos + (long) (DIGEST_PAYS * meanGapNanos));
    }

    private void learnGap(long gapNanos) {
        gaps = Math.min(gaps + 1, MOST_GAPS);
        meanGapNanos += (gapNanos - meanGapNanos) / gaps;
    }

    @Override
    public long listenedNanos(long nowNanos) {
        long countedNanos = countedNanos(nowNanos);
        return listened(countedNanos);
    }

    private void advance(long nowNanos) {
        long countedNanos = countedNanos(nowNanos);
        listenedNanos = listened(countedNanos);
        if (isLimited()) {
            creditNanos = Math.max(0, creditNanos - countedNanos);
        }
        atNanos = Math.max(atNanos, nowNanos);
    }

    // Whatever comes later than a round that is late anyway was spent standing still.
    private long countedNanos(long nowNanos) {
        if (waking) {
            return 0;
        }
        long untilNanos = begun ? Math.min(nowNanos - roundNanos, lateNanos) : nowNanos - roundNanos;
        return Math.max(0, untilNanos - (atNanos - roundNanos));
    }

    private long listened(long countedNanos) {
        if (!isLimited() || countedNanos <= creditNanos) {
            return listenedNanos + countedNanos;
        }
        return listenedNanos + creditNanos + (countedNanos - creditNanos) / SLOWEST;
    }

    private boolean isLimited() {
        return comparing && gaps >= ENOUGH_GAPS;
    }

    @Override
    public boolean isWaking() {
        return waking;
    }

    @Override
    public long shortestGapNanos() {
        return isRush() ? intervalNanos / 2 : 0;
    }

    // The round after a rush counts to it: its digests answer what was sent in the rush.
    private boolean isRush() {
        return Math.max(digests, digestsBefore) > rush;
    }
}

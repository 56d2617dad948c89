/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/**
 * Doubts its own hearing.
 *
 * <p>Three things can make healthy members look silent that are not their fault:
 *
 * <ul>
 *   <li><b>This member stood still</b> (garbage collection, SIGSTOP, a laptop that slept): a round begins much later
 *       than due. The time beyond that does not count, and the round after it is free: peers get a chance to speak.
 *   <li><b>It hears little from anybody</b>: listening time has to be paid for with digests received. One digest pays for
 *       several mean gaps between digests, so that as long as a good part of the usual ones comes in, the clock runs
 *       with time; when nothing comes in at all, it runs at a fraction of it.
 *   <li><b>Few of its SYNs are answered</b>: the network is bad, and news of others must be expected to get lost as
 *       well. Suspicion is divided by a bounded doubt.
 * </ul>
 *
 * <p>All three are bounded, so a true partition is found: a silence counts at least for {@code 1 / SLOWEST} of its
 * time, and suspicion is at most divided by {@code MOST_DOUBT}. With fewer than two live peers the second one is off,
 * for one silent peer out of one says nothing about our hearing.
 *
 * <p><b>Source:</b> the idea that a member should first doubt itself is that of Dadgar, Phillips, Currey,
 * <i>Lifeguard: Local Health Awareness for More Accurate Failure Detection</i>, DSN-W 2018, §IV-A. We differ: there,
 * a counter of missed acks and refutations multiplies timeouts; here, the clock itself slows down.
 */
final class DoubtedHearing implements Hearing {
    static final int SLOWEST = Integer.getInteger("x.slowest", 4);

    private static final double DIGEST_PAYS = Double.parseDouble(System.getProperty("x.pays", "3"));
    private static final int MOST_GAPS = 512;
    private static final int ENOUGH_GAPS = 32;
    private static final int LONGEST_GAP = 4;
    private static final int PEERS_TO_COMPARE = 2;

    private final long intervalNanos;
    private final long lateNanos;

    private boolean begun;
    private long roundNanos;
    private long atNanos;
    private long listenedNanos;
    private boolean waking;
    private boolean comparing;
    private long creditNanos;

    private boolean heard;
    private long heardNanos;
    private int gaps;
    private double meanGapNanos;

    DoubtedHearing(long intervalNanos) {
        this.intervalNanos = intervalNanos;
        this.lateNanos = intervalNanos + intervalNanos / 2;
        this.creditNanos = intervalNanos;
    }

    @Override
    public void roundBegan(long nowNanos, int livePeers) {
        advance(nowNanos);
        waking = begun && nowNanos - roundNanos > lateNanos;
        begun = true;
        roundNanos = nowNanos;
        atNanos = nowNanos;
        comparing = livePeers >= PEERS_TO_COMPARE;
    }

    @Override
    public void heard(long nowNanos) {
        advance(nowNanos);
        if (heard && !waking) {
            learnGap(Math.min(nowNanos - heardNanos, LONGEST_GAP * intervalNanos));
        }
        heard = true;
        heardNanos = nowNanos;
        creditNanos = Math.min(intervalNanos, creditNanos + (long) (DIGEST_PAYS * meanGapNanos));
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
}

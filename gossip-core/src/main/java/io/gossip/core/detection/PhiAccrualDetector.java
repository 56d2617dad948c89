/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import java.util.Arrays;

/**
 * Estimates how suspicious each member's silence is.
 *
 * <p>Phi is the silence measured in mean gaps between signs of life. The mean starts from an assumed gap with the
 * weight of five samples, so that a member heard twice is not judged by one gap. The caller decides what a sign of
 * life is (see {@link HeartbeatLedger}) and when a member counts as dead; it then calls {@link #forgetIntervals}.
 *
 * <p>Revival: the time of the last sign of life outlives {@link #forgetIntervals}. So one sign within the max
 * interval of the one before makes a member live again; after a longer silence it takes two.
 *
 * <p>Members are named by their slots, as in {@link HeartbeatLedger}.
 *
 * <p><b>Threads:</b> confined to one thread.
 *
 * <p><b>Source:</b> Hayashibara, Défago, Yared, Katayama, <i>The φ Accrual Failure Detector</i>, SRDS 2004, §4. We
 * differ as chitchat does (semantics §8): gaps count as exponentially distributed instead of normally, phi leaves out
 * the constant 1 / ln 10 as Cassandra does not, and the mean has a prior.
 */
public final class PhiAccrualDetector {
    /** How many samples the assumed gap counts for. */
    private static final int PRIOR_WEIGHT = 5;

    private static final double NANOS_PER_MICRO = 1_000;

    private DetectorSettings settings;
    private long maxIntervalNanos;
    private long initialIntervalNanos;
    private final ArrivalWindows windows;

    // by slot
    private boolean[] heard = {};
    private long[] lastSignNanos = {};
    private double[] meanNanos = {}; // as the window has it: asked far more often than gaps are recorded

    /**
     * A detector that knows no member.
     *
     * @param settings threshold, window and intervals
     */
    public PhiAccrualDetector(DetectorSettings settings) {
        this.settings = settings;
        this.maxIntervalNanos = settings.maxInterval().toNanos();
        this.initialIntervalNanos = settings.initialInterval().toNanos();
        this.windows = new ArrivalWindows(settings.samplingWindow());
    }

    /**
     * Begins with a member that was never heard. Nothing else may be asked of a slot before.
     *
     * @param member the member's slot
     */
    public void begin(int member) {
        windows.clear(member);
        if (member >= heard.length) {
            int slots = Columns.roomFor(member);
            heard = Arrays.copyOf(heard, slots);
            lastSignNanos = Arrays.copyOf(lastSignNanos, slots);
            meanNanos = Arrays.copyOf(meanNanos, slots);
        }
        heard[member] = false;
        lastSignNanos[member] = 0;
        updateMean(member);
    }

    /**
     * Judges by other settings from now on. Gaps and the last sign of life are kept; of more gaps than the new sampling
     * window holds, the newest.
     *
     * @param wanted threshold, window and intervals; the rule is the caller's business
     */
    public void reconfigure(DetectorSettings wanted) {
        settings = wanted;
        maxIntervalNanos = wanted.maxInterval().toNanos();
        initialIntervalNanos = wanted.initialInterval().toNanos();
        windows.resize(wanted.samplingWindow());
        updateMeans();
    }

    /**
     * Expects longer gaps, as is due when members are about to gossip less often: every recorded gap grows, though not
     * beyond the max interval. Else the old rhythm would make the new one look like silence.
     *
     * @param factor how many times longer, above 1
     */
    public void stretchIntervals(double factor) {
        windows.stretch(factor, maxIntervalNanos);
        updateMeans();
    }

    /**
     * Goes over to another clock: silence lasts as long on the new one as it did on the old one.
     *
     * @param nanos what the new clock shows beyond the old one at this moment, ns
     */
    public void shiftClock(long nanos) {
        for (int member = 0; member < lastSignNanos.length; member++) {
            lastSignNanos[member] += nanos;
        }
    }

    /**
     * Records a sign of life. The gap since the one before joins the window unless it is longer than the max interval.
     *
     * @param member the member's slot
     * @param nowNanos monotonic time, ns; earlier than the last sign counts as the same moment
     */
    public void signOfLife(int member, long nowNanos) {
        if (heard[member]) {
            long gapNanos = silenceNanos(member, nowNanos);
            if (gapNanos <= maxIntervalNanos) {
                windows.record(member, gapNanos);
                updateMean(member);
            }
            lastSignNanos[member] += gapNanos;
        } else {
            heard[member] = true;
            lastSignNanos[member] = nowNanos;
        }
    }

    /**
     * Notes a sign of life that says nothing about the rhythm: it ends the silence, and no gap is recorded.
     *
     * @param member the member's slot
     * @param nowNanos monotonic time, ns; earlier than the last sign counts as the same moment
     */
    public void signOutOfRhythm(int member, long nowNanos) {
        lastSignNanos[member] = heard[member] ? lastSignNanos[member] + silenceNanos(member, nowNanos) : nowNanos;
        heard[member] = true;
    }

    /**
     * The suspicion.
     *
     * @param member the member's slot
     * @param nowNanos monotonic time, ns
     * @return phi, unitless, at least 0; NaN while no gap is recorded
     */
    public double phi(int member, long nowNanos) {
        return phi(silenceNanos(member, nowNanos), meanNanos[member]);
    }

    /**
     * Whether the member counts as live.
     *
     * @param member the member's slot
     * @param nowNanos monotonic time, ns
     * @return whether phi is defined and at most the threshold
     */
    public boolean isLive(int member, long nowNanos) {
        return phi(member, nowNanos) <= settings.phiThreshold();
    }

    /**
     * Forgets the recorded gaps, as is due when the member was found dead; the last sign of life is kept.
     *
     * @param member the member's slot
     */
    public void forgetIntervals(int member) {
        if (windows.size(member) > 0) {
            windows.clear(member);
            updateMean(member);
        }
    }

    /**
     * The time since the last sign of life.
     *
     * @param member the member's slot
     * @param nowNanos monotonic time, ns
     * @return ns, at least 0; -1 if there was no sign yet
     */
    public long silenceNanos(int member, long nowNanos) {
        return heard[member] ? Math.max(0, nowNanos - lastSignNanos[member]) : -1;
    }

    /**
     * The silence that the detector bears.
     *
     * @param member the member's slot
     * @return the silence after which the member counts as dead, ns; NaN while no gap is recorded
     */
    public double detectionTimeoutNanos(int member) {
        return meanNanos[member] * settings.phiThreshold();
    }

    /**
     * Counts the recorded gaps.
     *
     * @param member the member's slot
     * @return how many, at most the sampling window
     */
    public int samples(int member) {
        return windows.size(member);
    }

    private void updateMeans() {
        for (int member = 0; member < meanNanos.length; member++) {
            updateMean(member);
        }
    }

    private void updateMean(int member) {
        double sumNanos = windows.sumMicros(member) * NANOS_PER_MICRO;
        int samples = windows.size(member);
        meanNanos[member] = samples == 0 ? Double.NaN : meanNanos(sumNanos, samples, initialIntervalNanos);
    }

    /** Mean gap with the assumed one counted {@value #PRIOR_WEIGHT} times; in the unit of its arguments. */
    static double meanNanos(double sumNanos, int samples, long initialNanos) {
        return (sumNanos + PRIOR_WEIGHT * (double) initialNanos) / (samples + PRIOR_WEIGHT);
    }

    /** Phi as chitchat counts it: silence over mean gap, unitless. */
    static double phi(long silenceNanos, double meanNanos) {
        return (double) silenceNanos / meanNanos;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

/**
 * Estimates how suspicious one member's silence is.
 *
 * <p>Phi is the silence measured in mean gaps between signs of life. The mean starts from an assumed gap with the
 * weight of five samples, so that a member heard twice is not judged by one gap. The caller decides what a sign of
 * life is (see {@link HeartbeatLedger}) and when a member counts as dead; it then calls {@link #forgetIntervals()}.
 *
 * <p>Revival: the time of the last sign of life outlives {@link #forgetIntervals()}. So one sign within the max
 * interval of the one before makes a member live again; after a longer silence it takes two.
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
    private final ArrivalWindow window;
    private boolean heard;
    private long lastSignNanos;
    private double meanNanos = Double.NaN; // as the window has it: asked far more often than gaps are recorded

    /**
     * A detector for a member that was never heard.
     *
     * @param settings threshold, window and intervals
     */
    public PhiAccrualDetector(DetectorSettings settings) {
        this.settings = settings;
        this.maxIntervalNanos = settings.maxInterval().toNanos();
        this.window = new ArrivalWindow(settings.samplingWindow());
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
        window.resize(wanted.samplingWindow());
        updateMean();
    }

    /**
     * Expects longer gaps, as is due when members are about to gossip less often: every recorded gap grows, though not
     * beyond the max interval. Else the old rhythm would make the new one look like silence.
     *
     * @param factor how many times longer, above 1
     */
    public void stretchIntervals(double factor) {
        window.stretch(factor, maxIntervalNanos);
        updateMean();
    }

    /**
     * Goes over to another clock: silence lasts as long on the new one as it did on the old one.
     *
     * @param nanos what the new clock shows beyond the old one at this moment, ns
     */
    public void shiftClock(long nanos) {
        lastSignNanos += nanos;
    }

    /**
     * Records a sign of life. The gap since the one before joins the window unless it is longer than the max interval.
     *
     * @param nowNanos monotonic time, ns; earlier than the last sign counts as the same moment
     */
    public void signOfLife(long nowNanos) {
        if (heard) {
            long gapNanos = silenceNanos(nowNanos);
            if (gapNanos <= maxIntervalNanos) {
                window.record(gapNanos);
                updateMean();
            }
            lastSignNanos += gapNanos;
        } else {
            heard = true;
            lastSignNanos = nowNanos;
        }
    }

    /**
     * Notes a sign of life that says nothing about the rhythm: it ends the silence, and no gap is recorded.
     *
     * @param nowNanos monotonic time, ns; earlier than the last sign counts as the same moment
     */
    public void signOutOfRhythm(long nowNanos) {
        lastSignNanos = heard ? lastSignNanos + silenceNanos(nowNanos) : nowNanos;
        heard = true;
    }

    /**
     * The suspicion.
     *
     * @param nowNanos monotonic time, ns
     * @return phi, unitless, at least 0; NaN while no gap is recorded
     */
    public double phi(long nowNanos) {
        return phi(silenceNanos(nowNanos), meanNanos);
    }

    /**
     * Whether the member counts as live.
     *
     * @param nowNanos monotonic time, ns
     * @return whether phi is defined and at most the threshold
     */
    public boolean isLive(long nowNanos) {
        return phi(nowNanos) <= settings.phiThreshold();
    }

    /** Forgets the recorded gaps, as is due when the member was found dead; the last sign of life is kept. */
    public void forgetIntervals() {
        window.clear();
        updateMean();
    }

    /**
     * The time since the last sign of life.
     *
     * @param nowNanos monotonic time, ns
     * @return ns, at least 0; -1 if there was no sign yet
     */
    public long silenceNanos(long nowNanos) {
        return heard ? Math.max(0, nowNanos - lastSignNanos) : -1;
    }

    /** {@return the silence after which the member counts as dead, ns; NaN while no gap is recorded} */
    public double detectionTimeoutNanos() {
        return meanNanos * settings.phiThreshold();
    }

    /** {@return the number of recorded gaps, at most the sampling window} */
    public int samples() {
        return window.size();
    }

    private void updateMean() {
        double sumNanos = window.sumMicros() * NANOS_PER_MICRO;
        meanNanos = window.size() == 0
                ? Double.NaN
                : meanNanos(sumNanos, window.size(), settings.initialInterval().toNanos());
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

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import io.gossip.core.detection.PhiAccrualDetector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The live members that are about to be called dead: they are written to before, so that a healthy one can speak for
 * itself instead of waiting to be gossiped about. That is the direct probe of SWIM (Das, Gupta, Motivala, DSN 2002), made
 * of an ordinary SYN.
 */
final class Suspects {
    /** Most asked in one round: when many fall silent at once, it is not for want of asking. */
    private static final int MOST = 2;

    /** Asked from so many rounds before the verdict on; each may be lost on the way. */
    private static final int ROUNDS_BEFORE = 4;

    private final PhiAccrualDetector detector;
    private boolean active;
    private double threshold;
    private double intervalNanos;
    private final List<Member> toAsk = new ArrayList<>(MOST + 1);
    private final Comparator<Member> turn = Comparator.<Member>comparingLong(member -> member.askedInSweep)
            .thenComparing(Comparator.<Member>comparingDouble(member -> member.suspicion)
                    .reversed());
    private long sweep;

    Suspects(GossipConfig config, PhiAccrualDetector detector) {
        this.detector = detector;
        reconfigure(config);
    }

    void reconfigure(GossipConfig config) {
        active = config.detector().rule().asksFirst();
        threshold = config.detector().phiThreshold();
        intervalNanos = config.gossipInterval().toNanos();
    }

    /** Begins anew: what follows is one look at all members. */
    void clear() {
        toAsk.clear();
        sweep++;
    }

    /**
     * Takes a live member into account. Who was asked longest ago comes first, so that each of many gets its chance before
     * one gets the next; of those, the most suspicious, because it has the least time left.
     */
    void consider(Member member, double phi) {
        if (active && isWorthALook(phi) && isNearVerdict(member, phi)) {
            member.suspicion = phi;
            toAsk.add(member);
            if (toAsk.size() > MOST) {
                toAsk.sort(turn);
                toAsk.remove(MOST);
            }
        }
    }

    /** Whether phi is so high that {@link #consider} may find a live member near its verdict. */
    boolean isWorthALook(double phi) {
        return phi > threshold / 2;
    }

    private boolean isNearVerdict(Member member, double phi) {
        double phiPerRound = threshold * intervalNanos / detector.detectionTimeoutNanos(member.slot());
        return phi + ROUNDS_BEFORE * phiPerRound > threshold;
    }

    /** Those whose turn it is; who asks for them asks them. */
    List<Member> toAsk() {
        toAsk.forEach(member -> member.askedInSweep = sweep);
        return toAsk;
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import java.util.ArrayList;
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

    private boolean active;
    private double threshold;
    private double intervalNanos;
    private final List<Member> toAsk = new ArrayList<>(MOST);

    Suspects(GossipConfig config) {
        reconfigure(config);
    }

    void reconfigure(GossipConfig config) {
        active = config.detector().rule().asksFirst();
        threshold = config.detector().phiThreshold();
        intervalNanos = config.gossipInterval().toNanos();
    }

    void clear() {
        toAsk.clear();
    }

    /** Takes a live member into account. */
    void consider(Member member, double phi) {
        if (active && phi > threshold / 2 && toAsk.size() < MOST && isNearVerdict(member, phi)) {
            toAsk.add(member);
        }
    }

    private boolean isNearVerdict(Member member, double phi) {
        double phiPerRound = threshold * intervalNanos / member.detector.detectionTimeoutNanos();
        return phi + ROUNDS_BEFORE * phiPerRound > threshold;
    }

    List<Member> toAsk() {
        return toAsk;
    }
}

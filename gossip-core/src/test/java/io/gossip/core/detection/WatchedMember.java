/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;

import io.gossip.core.detection.HeartbeatLedger.Verdict;
import java.util.concurrent.TimeUnit;

/** Ledger and detector of one member wired as the engine wires them, with liveness evaluated once a second. */
final class WatchedMember {
    static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    final HeartbeatLedger ledger = OneMember.ledger(DetectorSettings.DEFAULT.phiThreshold());
    private final PhiAccrualDetector detector = OneMember.detector(DetectorSettings.DEFAULT);
    private long nowNanos;
    int signsOfLife;
    int secondsDead;
    boolean live;

    Verdict hearsay(long heartbeat) {
        return observe(heartbeat, false);
    }

    Verdict ownVoice(long heartbeat) {
        return observe(heartbeat, true);
    }

    /** Ends the second: evaluates liveness as a round does. */
    void nextSecond() {
        nowNanos += SECOND;
        live = detector.isLive(MEMBER, nowNanos);
        if (!live) {
            detector.forgetIntervals(MEMBER);
            secondsDead++;
        }
    }

    /** A member that was heard once a second up to this heartbeat, from 1. */
    static WatchedMember heardUpTo(long heartbeat, long step) {
        var member = new WatchedMember();
        for (long h = step; h <= heartbeat; h += step) {
            member.hearsay(h);
            member.nextSecond();
        }
        member.signsOfLife = 0;
        member.secondsDead = 0;
        return member;
    }

    private Verdict observe(long heartbeat, boolean ownVoice) {
        Verdict verdict = ledger.observe(MEMBER, heartbeat, ownVoice, detector.phi(MEMBER, nowNanos), nowNanos);
        if (verdict.isSignOfLife()) {
            detector.signOfLife(MEMBER, nowNanos);
            signsOfLife++;
        }
        return verdict;
    }
}

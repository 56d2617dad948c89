/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.core.detection.Hearing;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import io.gossip.core.state.NodeState;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a rush of digests, as in a mass join, teaches of the rhythm of a member. */
class MemberRhythmTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int FANOUT = 3;

    private final Member member = new Member(
            new NodeState(new NodeIdentity("a", 1, GossipAddress.parse("127.0.0.1:1"))),
            Member.Origin.PROVEN,
            DetectorSettings.DEFAULT,
            0);
    private long nowNanos = 5 * SECOND;

    @Test
    void aRushDoesNotMakeTheUsualPaceLookSilent() {
        Hearing hearing = DetectorRule.SELF_DOUBTING.hearing(SECOND, FANOUT);
        rounds(hearing, 3, 300);
        rounds(hearing, 2, 1);
        assertThat(member.phi(hearing, nowNanos + 5 * SECOND)).isLessThan(4);
    }

    @Test
    void byTheReferencesRuleItDoes() {
        Hearing hearing = DetectorRule.REFERENCE.hearing(SECOND, FANOUT);
        rounds(hearing, 3, 300);
        rounds(hearing, 2, 1);
        assertThat(member.phi(hearing, nowNanos + 5 * SECOND)).isGreaterThan(80);
    }

    @Test
    void aMemberFirstHeardInARushIsJudgedByItsFirstGap() {
        Hearing hearing = DetectorRule.SELF_DOUBTING.hearing(SECOND, FANOUT);
        for (int digest = 0; digest < 100; digest++) {
            hearing.heard(nowNanos);
        }
        member.signOfLife(hearing, nowNanos);
        member.signOfLife(hearing, nowNanos + 1_000_000);
        assertThat(member.phi(hearing, nowNanos + 1_000_000)).isZero();
        assertThat(member.detector.samples()).isEqualTo(1);
    }

    @Test
    void inALastingRushGapsOfHalfAnIntervalStillCount() {
        Hearing hearing = DetectorRule.SELF_DOUBTING.hearing(SECOND, FANOUT);
        for (int round = 0; round < 2_000; round++) {
            hearing.roundBegan(nowNanos, 10);
            for (int digest = 1; digest <= 100; digest++) {
                hearing.heard(nowNanos + digest * SECOND / 101);
            }
            nowNanos += SECOND;
            member.signOfLife(hearing, nowNanos);
        }
        assertThat(member.detector.detectionTimeoutNanos() / SECOND).isCloseTo(8, within(0.3));
    }

    /** Rounds with so many digests each, every one of which brings news of the member. */
    private void rounds(Hearing hearing, int count, int digests) {
        for (int round = 0; round < count; round++) {
            hearing.roundBegan(nowNanos, 10);
            for (int digest = 1; digest <= digests; digest++) {
                long atNanos = nowNanos + digest * SECOND / (digests + 1);
                hearing.heard(atNanos);
                member.signOfLife(hearing, atNanos);
            }
            nowNanos += SECOND;
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.Hearing;
import io.gossip.core.identity.GossipAddress;
import io.gossip.core.identity.NodeIdentity;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a rush of digests, as in a mass join, teaches of the rhythm of a member. */
class MemberRhythmTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final int FANOUT = 3;

    private final Members members =
            new Members(GossipConfig.builder(identity("self"), "c").build(), new Effects(new Counters()));
    private final int member =
            members.admit(identity("a"), Member.Origin.PROVEN, 1, 0).slot();
    private long nowNanos = 5 * SECOND;

    @Test
    void aRushDoesNotMakeTheUsualPaceLookSilent() {
        Hearing hearing = hearBy(DetectorRule.SELF_DOUBTING);
        rounds(hearing, 3, 300);
        rounds(hearing, 2, 1);
        assertThat(phi(nowNanos + 5 * SECOND)).isLessThan(4);
    }

    @Test
    void byTheReferencesRuleItDoes() {
        Hearing hearing = hearBy(DetectorRule.REFERENCE);
        rounds(hearing, 3, 300);
        rounds(hearing, 2, 1);
        assertThat(phi(nowNanos + 5 * SECOND)).isGreaterThan(80);
    }

    @Test
    void aMemberFirstHeardInARushIsJudgedByItsFirstGap() {
        Hearing hearing = hearBy(DetectorRule.SELF_DOUBTING);
        for (int digest = 0; digest < 100; digest++) {
            hearing.heard(nowNanos);
        }
        members.signOfLife(member, nowNanos);
        members.signOfLife(member, nowNanos + 1_000_000);
        assertThat(phi(nowNanos + 1_000_000)).isZero();
        assertThat(members.detector.samples(member)).isEqualTo(1);
    }

    @Test
    void inALastingRushGapsOfHalfAnIntervalStillCount() {
        Hearing hearing = hearBy(DetectorRule.SELF_DOUBTING);
        for (int round = 0; round < 2_000; round++) {
            hearing.roundBegan(nowNanos, 10);
            for (int digest = 1; digest <= 100; digest++) {
                hearing.heard(nowNanos + digest * SECOND / 101);
            }
            nowNanos += SECOND;
            members.signOfLife(member, nowNanos);
        }
        assertThat(members.detector.detectionTimeoutNanos(member) / SECOND).isCloseTo(8, within(0.3));
    }

    private Hearing hearBy(DetectorRule rule) {
        members.hearing = rule.hearing(SECOND, FANOUT);
        return members.hearing;
    }

    private double phi(long atNanos) {
        return members.detector.phi(member, members.hearing.listenedNanos(atNanos));
    }

    private static NodeIdentity identity(String nodeId) {
        return new NodeIdentity(nodeId, 1, GossipAddress.parse("127.0.0.1:1"));
    }

    /** Rounds with so many digests each, every one of which brings news of the member. */
    private void rounds(Hearing hearing, int count, int digests) {
        for (int round = 0; round < count; round++) {
            hearing.roundBegan(nowNanos, 10);
            for (int digest = 1; digest <= digests; digest++) {
                long atNanos = nowNanos + digest * SECOND / (digests + 1);
                hearing.heard(atNanos);
                members.signOfLife(member, atNanos);
            }
            nowNanos += SECOND;
        }
    }
}

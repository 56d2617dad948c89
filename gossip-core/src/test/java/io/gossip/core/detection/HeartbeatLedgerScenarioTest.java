/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the rules of the ledger are for: lies and bad networks on one side, a true member or a dead one on the other. */
class HeartbeatLedgerScenarioTest {
    private static final long GREATEST = -1L;

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void neverSilencesAHealthyMemberByAForgedGreatestHeartbeat(long randomSeed) {
        Random random = new Random(randomSeed);
        WatchedMember member = WatchedMember.heardUpTo(300, 3);
        for (long h = 303; h < 3_000; h += 3) {
            for (int forged = random.nextInt(5); forged > 0; forged--) {
                member.hearsay(GREATEST - random.nextInt(3));
            }
            member.hearsay(h);
            assertThat(member.ledger.believed(MEMBER)).isEqualTo(h);
            member.nextSecond();
        }
        assertThat(member.secondsDead).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 100, 900, 1_000, 2_000, 1L << 32, Long.MAX_VALUE, -2, -1})
    void recoversFromAnyForgedRiseByOwnVoiceBeforeTheMemberIsTakenForDead(long forgedRise) {
        WatchedMember member = WatchedMember.heardUpTo(300, 3);
        member.ownVoice(300 + forgedRise < 300 && forgedRise > 0 ? GREATEST : 300 + forgedRise);
        for (long h = 303; h < 400; h += 3) {
            member.ownVoice(h);
            member.nextSecond();
        }
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(399);
        assertThat(member.secondsDead).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 10, 100, 900, 1_000})
    void recoversFromASmallForgedRiseByHearsayAlone(long forgedRise) {
        WatchedMember member = WatchedMember.heardUpTo(300, 3);
        member.hearsay(300 + forgedRise);
        for (long h = 303; h < 600; h += 3) {
            member.hearsay(h);
            member.hearsay(300 + forgedRise); // a peer that believes the lie goes on repeating it
            member.nextSecond();
        }
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(597);
        assertThat(member.live).isTrue();
        assertThat(member.secondsDead).isLessThanOrEqualTo(5);
    }

    @Test
    void recoversByHearsayAloneWhenTheFloorWasLiftedByTwoLiesAndBlockedByAThird() {
        WatchedMember member = WatchedMember.heardUpTo(3_000, 3);
        member.hearsay(3_500);
        member.hearsay(3_999);
        for (long h = 3_003; h < 3_300; h += 3) {
            if (h == 3_030) {
                member.hearsay(3_998);
            }
            member.hearsay(h);
            member.nextSecond();
        }
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(3_297);
        assertThat(member.live).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void isTrueAgainSoonAfterARandomForgerStops(long randomSeed) {
        Random random = new Random(randomSeed);
        WatchedMember member = WatchedMember.heardUpTo(3_000, 3);
        long h = 3_000;
        for (int second = 0; second < 60; second++, h += 3) {
            for (int forged = random.nextInt(4); forged > 0; forged--) {
                long lie = random.nextBoolean() ? h + random.nextInt(2_000) - 500 : random.nextLong();
                if (random.nextInt(4) == 0) {
                    member.ownVoice(lie); // even with a forged source address
                } else {
                    member.hearsay(lie);
                }
            }
            member.hearsay(h);
            member.nextSecond();
        }
        for (int second = 0; second < 60; second++, h += 3) {
            member.hearsay(h);
            member.hearsay(h - random.nextInt(6));
            if (second % 10 == 0) {
                member.ownVoice(h);
            }
            member.nextSecond();
        }
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(h - 3);
        assertThat(member.live).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void keepsADeadMemberDeadAlthoughLaggingPeersRepeatItsOldHeartbeats(long randomSeed) {
        Random random = new Random(randomSeed);
        WatchedMember member = WatchedMember.heardUpTo(5_000, 10);
        for (int second = 0; second < 600; second++) {
            for (int peer = 0; peer < 6; peer++) {
                // most lag by seconds, some come out of a partition and lag by minutes; they learn from us as we do
                int lag = second < 5 ? random.nextInt(100) : random.nextInt(4_000);
                member.hearsay(random.nextInt(10) == 0 ? 5_000 - lag : 5_000);
            }
            member.nextSecond();
        }
        assertThat(member.signsOfLife).isLessThanOrEqualTo(1);
        assertThat(member.live).isFalse();
        assertThat(member.secondsDead).isGreaterThan(580);
    }

    @Test
    void delaysTheDetectionOfADeathByAtMostOneSignForDelayedDatagrams() {
        WatchedMember member = WatchedMember.heardUpTo(500, 10);
        for (long late = 460; late < 500; late += 10) {
            member.ownVoice(late);
            member.hearsay(late);
        }
        for (int second = 0; second < 30; second++) {
            member.ownVoice(499);
            member.hearsay(499);
            member.hearsay(500);
            member.nextSecond();
        }
        assertThat(member.signsOfLife).isLessThanOrEqualTo(1);
        assertThat(member.live).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.gossip.core.RandomSeeds#seeds")
    void believesTheGreatestWhenHonestDatagramsAreReordered(long randomSeed) {
        Random random = new Random(randomSeed);
        WatchedMember member = WatchedMember.heardUpTo(300, 3);
        for (long h = 303; h < 3_000; h += 3) {
            member.hearsay(h);
            for (int late = 0; late < 4; late++) {
                long old = h - random.nextInt(300);
                if (random.nextInt(4) == 0) {
                    member.ownVoice(old);
                } else {
                    member.hearsay(old);
                }
                assertThat(member.ledger.believed(MEMBER)).isEqualTo(h);
            }
            member.nextSecond();
        }
        assertThat(member.secondsDead).isZero();
    }

    @Test
    void followsAMemberThatRestartsWithinItsGeneration() {
        WatchedMember member = WatchedMember.heardUpTo(5_000, 10);
        for (long h = 10; h < 200; h += 10) {
            member.ownVoice(h);
            member.hearsay(5_000);
            member.nextSecond();
        }
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(190);
        assertThat(member.secondsDead).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsAFloodedMemberLive(boolean ownVoice) {
        WatchedMember member = WatchedMember.heardUpTo(500, 10);
        for (long h = 60_000; h < 60_000 * 120L; h += 60_000) {
            if (ownVoice) {
                member.ownVoice(h);
            } else {
                member.hearsay(h);
            }
            member.nextSecond();
        }
        assertThat(member.secondsDead).isZero();
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(60_000 * 119L);
    }

    @ParameterizedTest
    @ValueSource(longs = {10, 1_000, 60_000})
    void welcomesAMemberBackAfterALongPartition(long heartbeatsPerSecond) {
        WatchedMember member = WatchedMember.heardUpTo(500, 10);
        for (int second = 0; second < 3_600; second++) {
            member.nextSecond();
        }
        assertThat(member.live).isFalse();
        long h = 500 + 3_600 * heartbeatsPerSecond;
        for (int second = 0; second < 5; second++, h += heartbeatsPerSecond) {
            member.hearsay(h);
            member.nextSecond();
        }
        assertThat(member.live).isTrue();
        assertThat(member.ledger.believed(MEMBER)).isEqualTo(h - heartbeatsPerSecond);
    }
}

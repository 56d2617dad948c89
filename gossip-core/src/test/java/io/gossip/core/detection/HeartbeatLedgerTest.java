/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.core.detection;

import static io.gossip.core.detection.HeartbeatLedger.Verdict.ADOPTED_JUMP;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.DISOWNED;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.FIRST;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.HELD;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.OLD;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.OUTVOTED;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.REFUTED;
import static io.gossip.core.detection.HeartbeatLedger.Verdict.RISE;
import static io.gossip.core.detection.OneMember.MEMBER;
import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.core.detection.HeartbeatLedger.Verdict;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The rules one by one; how they work together stands in {@link HeartbeatLedgerScenarioTest}. */
class HeartbeatLedgerTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long GREATEST = -1L;
    private static final double SILENT = 4.0;
    private static final double TALKING = 0.5;

    private final HeartbeatLedger ledger = OneMember.ledger(8.0);
    private long nowNanos = 77;

    @Test
    void believesAsTheReferenceDoesWhenNothingIsForged() {
        assertThat(ledger.believed(MEMBER)).isZero();
        assertThat(hearsay(0, Double.NaN)).isEqualTo(OLD);
        assertThat(hearsay(5, Double.NaN)).isEqualTo(FIRST);
        assertThat(hearsay(5, Double.NaN)).isEqualTo(OLD);
        assertThat(hearsay(6, Double.NaN)).isEqualTo(RISE);
        assertThat(hearsay(0, TALKING)).isEqualTo(OLD);
        assertThat(hearsay(7, TALKING)).isEqualTo(RISE);
        assertThat(ledger.believed(MEMBER)).isEqualTo(7);
    }

    @Test
    void countsOnlyWhatShowsThatTheMemberRanOnAsASignOfLife() {
        assertThat(Verdict.values())
                .filteredOn(Verdict::isSignOfLife)
                .containsExactlyInAnyOrder(RISE, ADOPTED_JUMP, REFUTED);
    }

    @Test
    void believesHearsayUpToTheAllowance() {
        ledger.start(MEMBER, 10);
        assertThat(hearsay(1_011, TALKING)).isEqualTo(HELD);
        assertThat(hearsay(1_010, TALKING)).isEqualTo(RISE);
        nowNanos += 5 * SECOND;
        assertThat(hearsay(1_010 + 6_001, TALKING)).isEqualTo(HELD);
        assertThat(hearsay(1_010 + 6_000, TALKING)).isEqualTo(RISE);
    }

    @Test
    void growsTheAllowanceWithTimeWithoutOverflow() {
        assertThat(HeartbeatLedger.allowance(1_000, -1)).isEqualTo(1_000);
        assertThat(HeartbeatLedger.allowance(1_000, 1)).isEqualTo(2_000);
        assertThat(HeartbeatLedger.allowance(1_000, SECOND)).isEqualTo(2_000);
        assertThat(HeartbeatLedger.allowance(1_000_000, Long.MAX_VALUE)).isGreaterThan(9_000_000_000_000_000L);
    }

    @Test
    void believesAnyRiseOfTheMembersOwnVoice() {
        ledger.start(MEMBER, 10);
        assertThat(ownVoice(GREATEST - 1, TALKING)).isEqualTo(RISE);
        assertThat(hearsay(GREATEST, TALKING)).isEqualTo(RISE);
        assertThat(hearsay(1, TALKING)).isEqualTo(OLD);
    }

    @Test
    void adoptsAJumpThatRoseTwiceWhileTheMemberIsSilent() {
        ledger.start(MEMBER, 10);
        assertThat(hearsay(50_000, TALKING)).isEqualTo(HELD);
        assertThat(hearsay(50_003, TALKING)).isEqualTo(HELD);
        assertThat(hearsay(50_004, TALKING)).isEqualTo(HELD);
        assertThat(hearsay(50_004, SILENT)).isEqualTo(HELD);
        assertThat(hearsay(50_005, SILENT)).isEqualTo(ADOPTED_JUMP);
        assertThat(ledger.believed(MEMBER)).isEqualTo(50_005);
    }

    @Test
    void dropsAClaimWhenTheBelievedHeartbeatRises() {
        ledger.start(MEMBER, 10);
        hearsay(50_000, SILENT);
        hearsay(50_001, SILENT);
        assertThat(hearsay(11, SILENT)).isEqualTo(RISE);
        assertThat(hearsay(50_002, SILENT)).isEqualTo(HELD);
        assertThat(hearsay(50_003, SILENT)).isEqualTo(HELD);
        assertThat(hearsay(50_004, SILENT)).isEqualTo(ADOPTED_JUMP);
    }

    @Test
    void isNotBlockedByAGreaterForgedClaim() {
        ledger.start(MEMBER, 10);
        hearsay(GREATEST, SILENT);
        Verdict verdict = HELD;
        for (int i = 0; i < 12 && verdict == HELD; i++) {
            verdict = hearsay(50_000 + i, SILENT);
            if (verdict == HELD) {
                assertThat(hearsay(GREATEST, SILENT)).isEqualTo(HELD);
            }
        }
        assertThat(verdict).isEqualTo(ADOPTED_JUMP);
        assertThat(ledger.believed(MEMBER)).isLessThan(50_020);
    }

    @Test
    void refutesAtOnceByOwnVoiceBetweenFloorAndLie() {
        ledger.start(MEMBER, 10);
        assertThat(hearsay(900, TALKING)).isEqualTo(RISE);
        assertThat(ownVoice(11, TALKING)).isEqualTo(OLD);
        assertThat(ownVoice(12, 1.0)).isEqualTo(REFUTED);
        assertThat(ledger.believed(MEMBER)).isEqualTo(12);
    }

    @Test
    void refutesByTwoRisingOwnStatementsBelowTheFloor() {
        ledger.start(MEMBER, 1_000);
        hearsay(1_001, TALKING);
        assertThat(ownVoice(3, 1.0)).isEqualTo(OLD);
        assertThat(ownVoice(2, 1.0)).isEqualTo(OLD);
        assertThat(ownVoice(4, 1.0)).isEqualTo(REFUTED);
    }

    @Test
    void refutesByHearsayBetweenFloorAndLieAfterFourRises() {
        ledger.start(MEMBER, 10);
        hearsay(900, TALKING);
        assertThat(hearsay(11, 3.9)).isEqualTo(OLD);
        for (int heartbeat = 12; heartbeat < 16; heartbeat++) {
            assertThat(hearsay(heartbeat, SILENT)).isEqualTo(OLD);
        }
        assertThat(hearsay(15, SILENT)).isEqualTo(OLD);
        assertThat(hearsay(16, SILENT)).isEqualTo(REFUTED);
    }

    @Test
    void needsFourTimesTheHearsayAtOrBelowTheFloor() {
        ledger.start(MEMBER, 1_000);
        hearsay(1_001, TALKING);
        for (int heartbeat = 1; heartbeat <= 16; heartbeat++) {
            assertThat(hearsay(heartbeat, Double.NaN)).isEqualTo(OLD);
        }
        assertThat(hearsay(17, Double.NaN)).isEqualTo(OUTVOTED);
    }

    @Test
    void startsTheEvidenceAnewWhenTheBelievedHeartbeatRises() {
        ledger.start(MEMBER, 10);
        hearsay(900, TALKING);
        for (int heartbeat = 11; heartbeat < 15; heartbeat++) {
            hearsay(heartbeat, SILENT);
        }
        assertThat(hearsay(901, SILENT)).isEqualTo(RISE);
        assertThat(hearsay(15, SILENT)).isEqualTo(OLD);
        assertThat(hearsay(16, SILENT)).isEqualTo(OLD);
    }

    @Test
    void doesNotBelieveAgainWhatWasRefuted() {
        ledger.start(MEMBER, 10);
        hearsay(900, TALKING);
        ownVoice(11, SILENT);
        assertThat(hearsay(900, TALKING)).isEqualTo(DISOWNED);
        assertThat(hearsay(12, TALKING)).isEqualTo(RISE);
        assertThat(hearsay(900, SILENT)).isEqualTo(DISOWNED);
        assertThat(ownVoice(900, TALKING)).isEqualTo(RISE);
    }

    @Test
    void countsWhatLagsBehindAUsualRiseLittle() {
        beat(10, 40);
        assertThat(hearsay(430, TALKING)).isEqualTo(RISE);
        for (int heartbeat = 401; heartbeat < 417; heartbeat++) {
            assertThat(hearsay(heartbeat, SILENT)).isEqualTo(OLD);
        }
        assertThat(hearsay(417, SILENT)).isEqualTo(REFUTED);
    }

    @Test
    void countsWhatStandsBelowALeapMuch() {
        beat(10, 40);
        assertThat(hearsay(600, TALKING)).isEqualTo(RISE);
        for (int heartbeat = 401; heartbeat < 405; heartbeat++) {
            assertThat(hearsay(heartbeat, SILENT)).isEqualTo(OLD);
        }
        assertThat(hearsay(405, SILENT)).isEqualTo(REFUTED);
    }

    @Test
    void takesADatagramThatWasOvertakenForNoRefutationOfAUsualRise() {
        beat(10, 40);
        assertThat(hearsay(410, TALKING)).isEqualTo(RISE);
        assertThat(ownVoice(405, 1.5)).isEqualTo(OLD);
        assertThat(ownVoice(409, 2.0)).isEqualTo(OLD);
        assertThat(hearsay(410, 2.0)).isEqualTo(OLD);
        assertThat(hearsay(420, 2.0)).isEqualTo(RISE);
    }

    @Test
    void followsARestartBelowTheFloorOfAUsualRise() {
        beat(10, 40);
        assertThat(hearsay(410, TALKING)).isEqualTo(RISE);
        assertThat(ownVoice(3, 1.5)).isEqualTo(OLD);
        assertThat(ownVoice(13, 2.5)).isEqualTo(REFUTED);
    }

    @Test
    void grantsARiseTheGapsItTookAndHalfTheThreshold() {
        assertThat(HeartbeatLedger.isLeap(40, 10, 0, 4)).isFalse();
        assertThat(HeartbeatLedger.isLeap(41, 10, 0, 4)).isTrue();
        assertThat(HeartbeatLedger.isLeap(70, 10, 3, 4)).isFalse();
        assertThat(HeartbeatLedger.isLeap(71, 10, 3, 4)).isTrue();
        assertThat(HeartbeatLedger.isLeap(41, 10, Double.NaN, 4)).isTrue();
        assertThat(HeartbeatLedger.isLeap(GREATEST, 10, 3, 4)).isTrue();
    }

    @Test
    void learnsNoPaceFromASingleLeap() {
        beat(10, 40);
        assertThat(hearsay(1_000, TALKING)).isEqualTo(RISE);
        assertThat(hearsay(1_100, TALKING)).isEqualTo(RISE);
        assertThat(ownVoice(1_050, 1.5)).isEqualTo(REFUTED);
    }

    @Test
    void outvotesWithoutASignOfLifeWhereTheMemberIsDeadAnyway() {
        ledger.start(MEMBER, 10);
        hearsay(900, TALKING);
        for (int heartbeat = 11; heartbeat < 15; heartbeat++) {
            assertThat(hearsay(heartbeat, Double.NaN)).isEqualTo(OLD);
        }
        assertThat(hearsay(15, Double.NaN)).isEqualTo(OUTVOTED);
        assertThat(OUTVOTED.isSignOfLife()).isFalse();
        assertThat(ledger.believed(MEMBER)).isEqualTo(15);
        assertThat(hearsay(16, Double.NaN)).isEqualTo(RISE);
    }

    @Test
    void comparesUnsigned() {
        ledger.start(MEMBER, Long.MAX_VALUE);
        assertThat(hearsay(Long.MIN_VALUE, TALKING)).isEqualTo(RISE);
        assertThat(hearsay(Long.MAX_VALUE, TALKING)).isEqualTo(OLD);
        ledger.start(MEMBER, GREATEST - 1);
        assertThat(hearsay(GREATEST, TALKING)).isEqualTo(RISE);
        assertThat(hearsay(1, TALKING)).isEqualTo(OLD);
    }

    /** So many rises of so much, one mean gap after the other. */
    private void beat(int rise, int times) {
        for (int i = 1; i <= times; i++) {
            hearsay((long) i * rise, 1);
            nowNanos += SECOND;
        }
    }

    private Verdict hearsay(long heartbeat, double phi) {
        return ledger.observe(MEMBER, heartbeat, false, phi, nowNanos);
    }

    private Verdict ownVoice(long heartbeat, double phi) {
        return ledger.observe(MEMBER, heartbeat, true, phi, nowNanos);
    }
}

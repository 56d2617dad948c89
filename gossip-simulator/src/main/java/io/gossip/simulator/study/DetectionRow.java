/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import io.gossip.core.detection.DetectorRule;
import java.time.Duration;

/**
 * What the runs of one combination showed.
 *
 * @param event what happened to whom
 * @param members how many members
 * @param interval gossip interval
 * @param loss share of datagrams lost, 0 to 1
 * @param rule rule of the detector
 * @param runs how many runs
 * @param virtualSeconds how long they took together in virtual time
 * @param firstSeconds from the crash to the first verdict, median of the runs; NaN without a crash
 * @param medianSeconds from the crash to the verdicts of all observers, median; NaN without a crash
 * @param lastSeconds from the crash to the last first verdict of an observer, longest of the runs; NaN without a crash
 * @param missed observers without a verdict on the crashed member at the end
 * @param byAffected times the affected member called a running one dead
 * @param againstAffected times the affected member was called dead although it had not crashed
 * @param otherFalseDeaths times another running member was called dead by another one
 * @param datagramsPerRound datagrams sent per member and round
 */
public record DetectionRow(
        Event event,
        int members,
        Duration interval,
        double loss,
        DetectorRule rule,
        int runs,
        double virtualSeconds,
        double firstSeconds,
        double medianSeconds,
        double lastSeconds,
        long missed,
        long byAffected,
        long againstAffected,
        long otherFalseDeaths,
        double datagramsPerRound) {
    /** {@return times a running member was called dead, by whomever} */
    public long falseDeaths() {
        return byAffected + againstAffected + otherFalseDeaths;
    }

    /** {@return false deaths per member and hour of virtual time} */
    public double falseDeathsPerMemberHour() {
        return falseDeaths() * 3_600.0 / (virtualSeconds * members);
    }
}

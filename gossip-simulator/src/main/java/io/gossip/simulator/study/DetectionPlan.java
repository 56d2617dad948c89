/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import io.gossip.core.detection.DetectorRule;
import io.gossip.simulator.scenario.ScenarioException;
import java.time.Duration;
import java.util.List;

/**
 * What a study of failure detection measures: every combination of the lists.
 *
 * @param members numbers of members, each 3 to 10,000
 * @param losses shares of datagrams lost, each 0 to 1
 * @param intervals gossip intervals
 * @param rules rules of the failure detector
 * @param initialInterval gap between heartbeats assumed at first, 1 ms to 1 h
 * @param warmUpRounds rounds before anything happens: detectors have learnt little at first, and are slow; from 1
 * @param watchRounds rounds watched afterwards, from 1
 * @param runs runs of each combination, with random seeds that follow one another, from 1
 * @param randomSeed of the first run
 */
public record DetectionPlan(
        List<Integer> members,
        List<Double> losses,
        List<Duration> intervals,
        List<DetectorRule> rules,
        Duration initialInterval,
        int warmUpRounds,
        int watchRounds,
        int runs,
        long randomSeed) {
    /**
     * Checks and copies.
     *
     * @param members each 3 to 10,000
     * @param losses each 0 to 1
     * @param intervals each 1 ms to 1 h
     * @param rules any
     * @param initialInterval 1 ms to 1 h
     * @param warmUpRounds 1 to 1,000,000
     * @param watchRounds 1 to 1,000,000
     * @param runs 1 to 1,000,000
     * @param randomSeed any
     * @throws ScenarioException naming what is out of bounds
     */
    public DetectionPlan {
        members = List.copyOf(members);
        losses = List.copyOf(losses);
        intervals = List.copyOf(intervals);
        rules = List.copyOf(rules);
        members.forEach(n -> between("members", n, 3, 10_000));
        losses.forEach(share -> between("percent of loss", 100 * share, 0, 100));
        intervals.forEach(interval -> between("milliseconds per interval", (double) interval.toMillis(), 1, 3_600_000));
        between("milliseconds assumed at first", (double) initialInterval.toMillis(), 1, 3_600_000);
        between("warm-up rounds", warmUpRounds, 1, 1_000_000);
        between("watched rounds", watchRounds, 1, 1_000_000);
        between("runs", runs, 1, 1_000_000);
    }

    private static void between(String what, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new ScenarioException(
                    "expected %s between %.0f and %.0f, got %s".formatted(what, least, most, value));
        }
    }
}

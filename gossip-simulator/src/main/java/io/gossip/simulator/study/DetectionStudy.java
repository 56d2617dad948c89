/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import io.gossip.core.detection.DetectorRule;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.EngineSettings;
import io.gossip.simulator.scenario.NetworkSettings.Change;
import io.gossip.simulator.scenario.NetworkSettings.Loss;
import io.gossip.simulator.scenario.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures how soon a crashed member is called dead, and how often a running one is.
 *
 * <p>In each run the members start, gossip for the warm-up, then something happens to the last of them, and the verdicts
 * of all are watched. The same plan gives the same rows.
 *
 * <p><b>Threads:</b> confined.
 */
public final class DetectionStudy {
    private static final Duration START = Duration.ofSeconds(1);

    private final DetectionPlan plan;

    /**
     * A study.
     *
     * @param plan what to measure
     */
    public DetectionStudy(DetectionPlan plan) {
        this.plan = plan;
    }

    /**
     * Runs all combinations, rule after rule for the same conditions.
     *
     * @param event what happens after the warm-up
     * @param rows is given each row when it is there
     */
    public void run(Event event, Consumer<DetectionRow> rows) {
        for (Duration interval : plan.intervals()) {
            for (int members : plan.members()) {
                for (double loss : plan.losses()) {
                    for (DetectorRule rule : plan.rules()) {
                        rows.accept(row(event, members, interval, loss, rule));
                    }
                }
            }
        }
    }

    private DetectionRow row(Event event, int members, Duration interval, double loss, DetectorRule rule) {
        Tally tally = new Tally(members, eventAt(interval).toNanos() / 1e9);
        for (int run = 0; run < plan.runs(); run++) {
            tally.add(Simulation.run(scenario(event, members, interval, loss, rule, plan.randomSeed() + run)));
        }
        return tally.row(event, interval, loss, rule);
    }

    private Duration eventAt(Duration interval) {
        return START.plus(interval.multipliedBy(plan.warmUpRounds()));
    }

    private Scenario scenario(
            Event event, int members, Duration interval, double loss, DetectorRule rule, long randomSeed) {
        Duration eventAt = eventAt(interval);
        Duration watched = interval.multipliedBy(plan.watchRounds());
        Duration lasts = event instanceof Event.Pause pause ? pause.forHow() : Duration.ZERO;
        return Scenario.builder("detection")
                .members(members)
                .interval(interval)
                .startEvery(START.dividedBy(2L * members))
                .network(new Change.ToLoss(new Loss.Uniform(loss)))
                .detectorRule(rule)
                .detector(EngineSettings.DEFAULT.phiThreshold(), plan.initialInterval())
                .randomSeed(randomSeed)
                .at(eventAt, event.action(members))
                .duration(eventAt.plus(lasts).plus(watched))
                .build();
    }

    /** Adds up the runs of one row. */
    private static final class Tally {
        private final int members;
        private final double eventSeconds;
        private final List<Double> firsts = new ArrayList<>();
        private final List<Double> all = new ArrayList<>();
        private double lastSeconds = Double.NaN;
        private int runs;
        private double virtualSeconds;
        private long missed;
        private long byAffected;
        private long againstAffected;
        private long others;
        private long datagrams;

        Tally(int members, double eventSeconds) {
            this.members = members;
            this.eventSeconds = eventSeconds;
        }

        void add(RunResult result) {
            runs++;
            virtualSeconds += result.virtualSeconds();
            datagrams += result.totals().datagrams();
            boolean[] noticed = new boolean[members + 1];
            List<Double> verdicts = new ArrayList<>();
            for (RunResult.Accusation accusation : result.accusations()) {
                if (accusation.running()) {
                    falseDeath(accusation);
                } else if (accusation.accused() == members && !noticed[accusation.observer()]) {
                    noticed[accusation.observer()] = true;
                    verdicts.add(accusation.atSeconds() - eventSeconds);
                }
            }
            detected(verdicts);
        }

        private void falseDeath(RunResult.Accusation accusation) {
            if (accusation.observer() == members) {
                byAffected++;
            } else if (accusation.accused() == members) {
                againstAffected++;
            } else {
                others++;
            }
        }

        private void detected(List<Double> verdicts) {
            missed += members - 1 - verdicts.size();
            all.addAll(verdicts);
            if (!verdicts.isEmpty()) {
                firsts.add(verdicts.get(0));
                double last = verdicts.get(verdicts.size() - 1);
                lastSeconds = Double.isNaN(lastSeconds) ? last : Math.max(lastSeconds, last);
            }
        }

        DetectionRow row(Event event, Duration interval, double loss, DetectorRule rule) {
            double memberRounds = members * virtualSeconds / (interval.toNanos() / 1e9);
            return new DetectionRow(
                    event,
                    members,
                    interval,
                    loss,
                    rule,
                    runs,
                    virtualSeconds,
                    median(firsts),
                    median(all),
                    lastSeconds,
                    event instanceof Event.Crash ? missed : 0,
                    byAffected,
                    againstAffected,
                    others,
                    datagrams / memberRounds);
        }

        private static double median(List<Double> values) {
            List<Double> sorted = values.stream().sorted().toList();
            return sorted.isEmpty() ? Double.NaN : sorted.get((sorted.size() - 1) / 2);
        }
    }
}

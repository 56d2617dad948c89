/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import io.gossip.core.detection.DetectorRule;
import io.gossip.core.detection.DetectorSettings;
import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.law.Violation;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.Scenario;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Runs random scenarios until one breaks a law, and makes that one small.
 *
 * <p><b>Threads:</b> confined; several explorers may run in several threads.
 */
public final class Explorer {
    /** Every how manieth scenario is run twice, to see whether it gives the same run. */
    private static final int REPEAT_EVERY = 16;

    private final LongConsumer progress;
    private final DetectorRule rule;

    /**
     * An explorer.
     *
     * @param progress is told the random seed of each scenario before it runs
     */
    public Explorer(LongConsumer progress) {
        this(progress, DetectorSettings.DEFAULT_RULE);
    }

    /**
     * An explorer of members with a certain failure detector.
     *
     * @param progress is told the random seed of each scenario before it runs
     * @param rule what all detectors make of their own condition
     */
    public Explorer(LongConsumer progress, DetectorRule rule) {
        this.progress = progress;
        this.rule = rule;
    }

    /**
     * A scenario that broke a law.
     *
     * @param randomSeed the random seed that made the scenario
     * @param found the scenario as it was found
     * @param violation the first law it broke
     * @param smallest what is left of it when everything that did not matter is taken away
     * @param smallestViolation the first law that this one breaks
     */
    public record Found(
            long randomSeed, Scenario found, Violation violation, Scenario smallest, Violation smallestViolation) {
        /** {@return what to type to see it again} */
        public String replayCommand() {
            return "gossip simulate --explore --random-seed " + randomSeed + " --count 1 --detector "
                    + found.engine().detectorRule().word();
        }
    }

    /**
     * What came of a search.
     *
     * @param scenarios how many ran to their end
     * @param virtualSeconds how much virtual time they took together
     * @param found what broke a law; empty if nothing did
     */
    public record Outcome(long scenarios, double virtualSeconds, Optional<Found> found) {}

    /**
     * Searches.
     *
     * @param firstRandomSeed of the first scenario; the others follow by one
     * @param count most scenarios to run
     * @param goOn asked before each scenario
     * @return what came of it
     */
    public Outcome explore(long firstRandomSeed, long count, BooleanSupplier goOn) {
        double virtualSeconds = 0;
        for (long i = 0; i < count; i++) {
            if (!goOn.getAsBoolean()) {
                return new Outcome(i, virtualSeconds, Optional.empty());
            }
            long randomSeed = firstRandomSeed + i;
            progress.accept(randomSeed);
            Scenario scenario = RandomScenarios.of(randomSeed).toBuilder()
                    .detectorRule(rule)
                    .build();
            RunResult result = Simulation.run(scenario);
            virtualSeconds += result.virtualSeconds();
            Optional<Violation> violation = judge(scenario, result, randomSeed % REPEAT_EVERY == 0);
            if (violation.isPresent()) {
                return new Outcome(i + 1, virtualSeconds, Optional.of(shrunk(randomSeed, scenario, violation.get())));
            }
        }
        return new Outcome(count, virtualSeconds, Optional.empty());
    }

    private static Optional<Violation> judge(Scenario scenario, RunResult result, boolean again) {
        if (!result.passed()) {
            return Optional.of(result.violations().get(0));
        }
        if (again) {
            String fingerprint = Simulation.run(scenario).fingerprint();
            if (!fingerprint.equals(result.fingerprint())) {
                return Optional.of(new Violation(
                        LawBook.DETERMINISM, 0, "two runs gave " + result.fingerprint() + " and " + fingerprint));
            }
        }
        return Optional.empty();
    }

    private static Found shrunk(long randomSeed, Scenario scenario, Violation violation) {
        if (violation.law().equals(LawBook.DETERMINISM)) {
            return new Found(randomSeed, scenario, violation, scenario, violation);
        }
        Scenario smallest = new Shrinker(violation.law()).shrink(scenario);
        Violation seen = Simulation.run(smallest).violations().get(0);
        return new Found(randomSeed, scenario, violation, smallest, seen);
    }
}

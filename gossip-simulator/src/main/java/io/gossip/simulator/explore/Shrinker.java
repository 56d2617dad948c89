/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import io.gossip.core.wire.ProtocolVersion;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.Expectation;
import io.gossip.simulator.scenario.MemberSet;
import io.gossip.simulator.scenario.NetworkSettings;
import io.gossip.simulator.scenario.NetworkSettings.Change;
import io.gossip.simulator.scenario.Scenario;
import io.gossip.simulator.scenario.ScenarioException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Takes away from a scenario whatever it can while the same law is still broken: first actions, then members, then
 * settings; what is left is usually short enough to read.
 *
 * <p><b>Source:</b> the idea of delta debugging (Zeller, Hildebrandt, <i>Simplifying and Isolating Failure-Inducing
 * Input</i>, 2002), greedy and without its guarantees.
 */
final class Shrinker {
    private static final int MOST_RUNS = 300;

    private final String law;
    private int runs;

    Shrinker(String law) {
        this.law = law;
    }

    Scenario shrink(Scenario scenario) {
        Scenario smallest = scenario;
        boolean smaller = true;
        while (smaller && runs < MOST_RUNS) {
            Scenario before = smallest;
            smallest = withFewerSteps(smallest);
            smallest = withFewerMembers(smallest);
            smallest = withPlainSettings(smallest);
            smallest = withShorterSteps(smallest);
            smaller = !smallest.equals(before);
        }
        return smallest;
    }

    private Scenario withFewerSteps(Scenario scenario) {
        Scenario smallest = scenario;
        for (int length = Math.max(1, smallest.steps().size() / 2); length >= 1; length /= 2) {
            int from = 0;
            while (from < smallest.steps().size()) {
                List<Scenario.Step> rest = new ArrayList<>(smallest.steps());
                rest.subList(from, Math.min(rest.size(), from + length)).clear();
                Scenario candidate =
                        attempt(smallest, s -> s.toBuilder().steps(rest).build());
                if (candidate.equals(smallest)) {
                    from += length;
                } else {
                    smallest = candidate;
                }
            }
        }
        return smallest;
    }

    private Scenario withFewerMembers(Scenario scenario) {
        Scenario smallest = scenario;
        for (int members = Math.max(1, smallest.members() / 2); members < smallest.members(); members++) {
            int most = members;
            Scenario candidate = attempt(smallest, s -> FewerMembers.of(s, most));
            if (!candidate.equals(smallest)) {
                return candidate;
            }
        }
        return smallest;
    }

    private Scenario withPlainSettings(Scenario scenario) {
        NetworkSettings plain = NetworkSettings.DEFAULT;
        List<Function<Scenario, Scenario>> ideas = List.of(
                s -> s.toBuilder().network(new Change.ToLoss(plain.loss())).build(),
                s -> s.toBuilder()
                        .network(new Change.ToLatency(plain.latency()))
                        .build(),
                s -> s.toBuilder().network(new Change.ToDuplicate(0)).build(),
                s -> s.toBuilder()
                        .network(new Change.ToReorder(0, Duration.ZERO))
                        .build(),
                s -> s.toBuilder().initialKeys(0, 0).build(),
                s -> s.toBuilder().initialKeys(1, 1).build(),
                s -> s.toBuilder()
                        .initialKeys(s.initialKeys() / 2, s.initialValueBytes())
                        .build(),
                s -> s.toBuilder().seedNodes(MemberSet.of(1)).build(),
                s -> s.toBuilder().startEvery(Duration.ofMillis(10)).build(),
                s -> s.toBuilder().protocol(ProtocolVersion.V0).build(),
                s -> s.toBuilder().limits(65_507, 10_000).build(),
                s -> s.toBuilder()
                        .grace(s.engine().tombstoneGrace(), Duration.ofHours(24))
                        .build(),
                s -> s.toBuilder()
                        .grace(Duration.ofMinutes(10), s.engine().deadNodeGrace())
                        .build());
        Scenario smallest = scenario;
        for (Function<Scenario, Scenario> idea : ideas) {
            smallest = attempt(smallest, idea);
        }
        return smallest;
    }

    /** What lasts, lasts half as long; what waits, waits half as long. */
    private Scenario withShorterSteps(Scenario scenario) {
        Scenario smallest = scenario;
        for (int i = 0; i < smallest.steps().size(); i++) {
            int index = i;
            smallest = attempt(smallest, s -> {
                List<Scenario.Step> steps = new ArrayList<>(s.steps());
                Scenario.Step step = steps.get(index);
                steps.set(index, new Scenario.Step(halved(step.at()), step.action()));
                return s.toBuilder().steps(steps).build();
            });
        }
        return smallest;
    }

    private static Duration halved(Duration duration) {
        return Duration.ofMillis(duration.toMillis() / 2);
    }

    private Scenario attempt(Scenario scenario, Function<Scenario, Scenario> idea) {
        if (runs >= MOST_RUNS) {
            return scenario;
        }
        Scenario candidate;
        try {
            candidate = idea.apply(scenario).toBuilder().asLongAsNeeded().build();
        } catch (ScenarioException e) {
            return scenario;
        }
        if (candidate.equals(scenario) || losesItsEnd(candidate)) {
            return scenario;
        }
        runs++;
        RunResult result = Simulation.run(candidate);
        return !result.passed() && result.violations().get(0).law().equals(law) ? candidate : scenario;
    }

    /** Agreement can only be asked of a cluster that was healed: a partition that never ends proves nothing. */
    private static boolean losesItsEnd(Scenario candidate) {
        return candidate.expectations().stream().anyMatch(Expectation.Converged.class::isInstance)
                && Peace.isBroken(candidate);
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * One run, described: who takes part, on what network, what is done to them and when, and what is to be seen.
 *
 * <p>Made by {@link #builder} or read from text by {@link #parse}; {@link #toString} gives the text back.
 *
 * <p><b>Threads:</b> immutable.
 *
 * @param name one word
 * @param about what it proves, one line; may be empty
 * @param members how many, numbered from 1
 * @param seedNodes the members that all others know from the start
 * @param startEvery time between the starts of two members
 * @param initialKeys keys that each member has from the start
 * @param initialValueBytes length of their values
 * @param nodeIdBytes length that node ids are filled up to
 * @param engine how members are configured
 * @param network how the network behaves at first
 * @param duration virtual time that the run takes
 * @param endsEarly whether the run ends as soon as nothing more is to be done or to be seen
 * @param randomSeed start value of all that is left to chance
 * @param steps what is done, in the order of time
 * @param expectations what is to be seen
 * @param excused names of laws that this scenario breaks on purpose, sorted
 */
public record Scenario(
        String name,
        String about,
        int members,
        MemberSet seedNodes,
        Duration startEvery,
        int initialKeys,
        int initialValueBytes,
        int nodeIdBytes,
        EngineSettings engine,
        NetworkSettings network,
        Duration duration,
        boolean endsEarly,
        long randomSeed,
        List<Step> steps,
        List<Expectation> expectations,
        Set<String> excused) {
    /**
     * An action and its moment.
     *
     * @param at virtual time since the start of the run
     * @param action what is done
     */
    public record Step(Duration at, Action action) {
        /** {@return when it is over} */
        public Duration end() {
            return at.plus(action.lasts());
        }
    }

    /**
     * Checks that the parts fit together.
     *
     * @param name one word
     * @param about what it proves, one line
     * @param members how many
     * @param seedNodes the members that all others know from the start
     * @param startEvery time between the starts of two members
     * @param initialKeys keys that each member has from the start
     * @param initialValueBytes length of their values
     * @param nodeIdBytes length that node ids are filled up to
     * @param engine how members are configured
     * @param network how the network behaves at first
     * @param duration virtual time that the run takes
     * @param endsEarly whether the run ends as soon as nothing more is to be done or to be seen
     * @param randomSeed start value of all that is left to chance
     * @param steps what is done
     * @param expectations what is to be seen
     * @param excused names of laws that this scenario breaks on purpose
     * @throws ScenarioException if a member does not exist or something happens after the end
     */
    public Scenario {
        steps = steps.stream()
                .sorted((a, b) -> a.at().compareTo(b.at())) // stable: what is done at one moment keeps its order
                .toList();
        expectations = List.copyOf(expectations);
        excused = java.util.Collections.unmodifiableSet(new TreeSet<>(excused));
        ScenarioRules.check(members, seedNodes, duration, steps, expectations, name);
    }

    /** {@return when the last action is over and all members have started} */
    public Duration quietFrom() {
        Duration quiet = startEvery.multipliedBy(members);
        for (Step step : steps) {
            quiet = step.end().compareTo(quiet) > 0 ? step.end() : quiet;
        }
        return quiet;
    }

    /**
     * Starts from the defaults.
     *
     * @param name one word
     * @return a builder
     */
    public static ScenarioBuilder builder(String name) {
        return new ScenarioBuilder(name);
    }

    /** {@return a builder that starts from this scenario} */
    public ScenarioBuilder toBuilder() {
        return new ScenarioBuilder(this);
    }

    /**
     * Reads a scenario from its text.
     *
     * @param text see docs/simulator.md
     * @return the scenario
     * @throws ScenarioException naming the line and what was expected
     */
    public static Scenario parse(String text) {
        return new ScenarioParser().parse(text);
    }

    /** {@return the text that {@link #parse} reads} */
    @Override
    public String toString() {
        return ScenarioText.of(this);
    }
}

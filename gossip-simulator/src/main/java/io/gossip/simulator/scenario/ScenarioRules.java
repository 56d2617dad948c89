/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import java.time.Duration;
import java.util.List;

/** What must be true of a whole scenario. */
final class ScenarioRules {
    private ScenarioRules() {}

    static void check(
            int members,
            MemberSet seedNodes,
            Duration duration,
            List<Scenario.Step> steps,
            List<Expectation> expectations,
            String name) {
        require(!name.isEmpty() && name.chars().noneMatch(Character::isWhitespace), "expected a name without spaces");
        require(members >= 1 && members <= 100_000, "expected 1 to 100000 members, got " + members);
        within(seedNodes, members);
        Duration quiet = Duration.ZERO;
        for (Scenario.Step step : steps) {
            require(!step.at().isNegative(), "nothing can be done before the start");
            quiet = step.end().compareTo(quiet) > 0 ? step.end() : quiet;
            members(step.action()).forEach(set -> within(set, members));
        }
        require(
                quiet.compareTo(duration) <= 0,
                "the last action ends at " + Quantity.text(quiet) + ", after the duration of "
                        + Quantity.text(duration));
        for (Expectation expectation : expectations) {
            check(expectation, members, duration, quiet);
        }
    }

    private static void check(Expectation expectation, int members, Duration duration, Duration quiet) {
        Duration deadline = Duration.ZERO;
        if (expectation instanceof Expectation.Converged converged) {
            deadline = quiet.plus(converged.within());
        } else if (expectation instanceof Expectation.Spares spares) {
            within(spares.who(), members);
            within(spares.whom(), members);
        } else if (expectation instanceof Expectation.Sees sees) {
            within(sees.who(), members);
            within(sees.seen(), members);
            deadline = sees.at().plus(sees.within());
        } else if (expectation instanceof Expectation.Reads reads) {
            within(reads.who(), members);
            require(reads.owner() >= 1 && reads.owner() <= members, "there is no member " + reads.owner());
            deadline = reads.at().plus(reads.within());
        }
        require(
                deadline.compareTo(duration) <= 0,
                "expected a duration of at least " + Quantity.text(deadline) + " to see '"
                        + ScenarioText.of(expectation) + "', got " + Quantity.text(duration));
    }

    /** {@return all sets of members that an action names} */
    static List<MemberSet> members(Action action) {
        if (action instanceof Action.Write a) return List.of(a.who());
        if (action instanceof Action.Delete a) return List.of(a.who());
        if (action instanceof Action.Partition a) return a.groups();
        if (action instanceof Action.Link a) return List.of(a.from(), a.to());
        if (action instanceof Action.Crash a) return List.of(a.who());
        if (action instanceof Action.Restart a) return List.of(a.who());
        if (action instanceof Action.Leave a) return List.of(a.who());
        if (action instanceof Action.Pause a) return List.of(a.who());
        if (action instanceof Action.Drift a) return List.of(a.who());
        if (action instanceof Action.Jump a) return List.of(a.who());
        if (action instanceof Action.WallJump a) return List.of(a.who());
        if (action instanceof Action.Slow a) return List.of(a.who());
        if (action instanceof Action.Forget a) return List.of(a.who());
        if (action instanceof Action.Churn a) return List.of(a.spared());
        return List.of();
    }

    private static void within(MemberSet set, int members) {
        require(set.greatest() <= members, "there is no member " + set.greatest() + ", only " + members);
    }

    static void require(boolean holds, String message) {
        if (!holds) {
            throw new ScenarioException(message);
        }
    }
}

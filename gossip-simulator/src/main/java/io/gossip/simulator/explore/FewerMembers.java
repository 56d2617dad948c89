/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import io.gossip.simulator.scenario.Action;
import io.gossip.simulator.scenario.Expectation;
import io.gossip.simulator.scenario.MemberSet;
import io.gossip.simulator.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The same scenario with only its first members. */
final class FewerMembers {
    private final int most;

    private FewerMembers(int most) {
        this.most = most;
    }

    static Scenario of(Scenario scenario, int most) {
        FewerMembers fewer = new FewerMembers(most);
        List<Scenario.Step> steps = new ArrayList<>();
        for (Scenario.Step step : scenario.steps()) {
            Action action = fewer.action(step.action());
            if (action != null) {
                steps.add(new Scenario.Step(step.at(), action));
            }
        }
        List<Expectation> untouched = scenario.expectations().stream()
                .filter(e -> !(e instanceof Expectation.Sees) && !(e instanceof Expectation.Reads))
                .toList();
        return scenario.toBuilder()
                .members(most)
                .seedNodes(scenario.seedNodes().upTo(most))
                .steps(steps)
                .expectations(untouched)
                .build();
    }

    private @Nullable Action action(Action action) {
        if (action instanceof Action.Write a) {
            return of(a.who(), who -> new Action.Write(who, a.key(), a.value(), a.limited()));
        }
        if (action instanceof Action.Delete a) return of(a.who(), who -> new Action.Delete(who, a.key()));
        if (action instanceof Action.Crash a) return of(a.who(), Action.Crash::new);
        if (action instanceof Action.Restart a) return of(a.who(), who -> new Action.Restart(who, a.sameGeneration()));
        if (action instanceof Action.Leave a) return of(a.who(), Action.Leave::new);
        if (action instanceof Action.Pause a) return of(a.who(), who -> new Action.Pause(who, a.forHow()));
        if (action instanceof Action.Drift a) return of(a.who(), who -> new Action.Drift(who, a.factor()));
        if (action instanceof Action.Jump a) return of(a.who(), who -> new Action.Jump(who, a.by()));
        if (action instanceof Action.WallJump a) return of(a.who(), who -> new Action.WallJump(who, a.by()));
        if (action instanceof Action.Slow a) {
            return of(a.who(), who -> new Action.Slow(who, a.perSecond(), a.queue()));
        }
        if (action instanceof Action.Forget a) return of(a.who(), Action.Forget::new);
        if (action instanceof Action.Link a) {
            MemberSet to = a.to().upTo(most);
            return to.ranges().isEmpty() ? null : of(a.from(), from -> new Action.Link(from, to, a.loss()));
        }
        if (action instanceof Action.Partition a) {
            return new Action.Partition(
                    a.groups().stream().map(g -> g.upTo(most)).toList());
        }
        if (action instanceof Action.Churn a) {
            return new Action.Churn(a.perSecond(), a.forHow(), a.spared().upTo(most));
        }
        return action;
    }

    private @Nullable Action of(MemberSet who, Function<MemberSet, Action> make) {
        MemberSet rest = who.upTo(most);
        return rest.ranges().isEmpty() ? null : make.apply(rest);
    }
}

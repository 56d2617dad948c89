/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import io.gossip.simulator.scenario.Action;
import io.gossip.simulator.scenario.NetworkSettings.Change;
import io.gossip.simulator.scenario.NetworkSettings.Loss;
import io.gossip.simulator.scenario.Scenario;

/** Whether the faults of a scenario are over at its end, so that agreement may be asked of it. */
final class Peace {
    private Peace() {}

    static boolean isBroken(Scenario scenario) {
        boolean cut = false;
        boolean slow = false;
        boolean lossy = !scenario.network().loss().equals(new Loss.Uniform(0));
        boolean firstDown = false;
        for (Scenario.Step step : scenario.steps()) {
            Action action = step.action();
            if (action instanceof Action.Partition || action instanceof Action.Link) {
                cut = true;
            } else if (action instanceof Action.Heal) {
                cut = false;
            } else if (action instanceof Action.Slow s) {
                slow = s.perSecond() > 0;
            } else if (action instanceof Action.Network n && n.change() instanceof Change.ToLoss loss) {
                lossy = !loss.loss().equals(new Loss.Uniform(0));
            } else if (action instanceof Action.Crash c) {
                firstDown |= isFirst(c.who().numbers());
            } else if (action instanceof Action.Leave l) {
                firstDown |= isFirst(l.who().numbers());
            } else if (action instanceof Action.Restart r && isFirst(r.who().numbers())) {
                firstDown = false;
            }
        }
        return cut || slow || lossy || firstDown;
    }

    private static boolean isFirst(int[] numbers) {
        return numbers.length > 0 && numbers[0] == 1;
    }
}

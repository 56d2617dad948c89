/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.explore;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.simulator.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** Random scenarios: {@code -Dgossip.randomSeed=N -Dgossip.scenarios=N} looks elsewhere, and for longer. */
class ExplorerTest {
    @Test
    void randomScenariosBreakNoLaw() {
        long first = Long.getLong("gossip.randomSeed", 1L);
        long count = Long.getLong("gossip.scenarios", 60L);
        Explorer.Outcome outcome = new Explorer(seed -> {}).explore(first, count, () -> true);

        assertThat(outcome.found().map(ExplorerTest::text)).isEmpty();
        assertThat(outcome.scenarios()).isEqualTo(count);
    }

    private static String text(Explorer.Found found) {
        return found.smallestViolation() + "\nreplay: " + found.replayCommand() + "\nfound:\n" + found.found()
                + "\nsmallest:\n" + found.smallest();
    }

    @Test
    void textGivesARandomScenarioBack() {
        for (long seed = 1; seed <= 500; seed++) {
            Scenario scenario = RandomScenarios.of(seed);
            assertThat(Scenario.parse(scenario.toString()))
                    .as("random seed %d", seed)
                    .isEqualTo(scenario);
        }
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.simulator.scenario.Catalogue;
import io.gossip.simulator.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** A run as a whole. */
class SimulationTest {
    private static final String PARTITION = """
            scenario partition-heals
            about two halves write while they cannot hear each other, and agree afterwards
            members 5
            interval 100ms
            detector 8 500ms
            duration 60s
            at 5s partition 1-3 | 4-5
            at 6s write 1 color red
            at 7s write 5 color blue
            at 8s delete 4 key1
            at 20s heal
            at 15s expect 1-3 sees-dead 4-5 within 5s
            expect converged within 20s
            """;

    @Test
    void membersAgreeAfterAPartition() {
        RunResult result = Simulation.run(Scenario.parse(PARTITION));

        assertThat(result.violations()).isEmpty();
        assertThat(result.convergedSeconds()).isPresent();
        assertThat(result.totals().falseDeaths()).isPositive();
    }

    @Test
    void whatIsPlottedEndsWithTheRun() {
        RunResult result = Simulation.run(Catalogue.read("partition-heals")); // over long before its time is up

        RunResult.Series series = result.series();
        assertThat(series.running()).isNotEmpty().doesNotContain(0.0);
        assertThat(series.pieceSeconds() * series.running().size())
                .isBetween(result.virtualSeconds() - 1, result.virtualSeconds() + 0.001);
        double typical = series.bytesPerMemberSecond().stream()
                .sorted()
                .skip(series.bytesPerMemberSecond().size() / 2)
                .findFirst()
                .orElseThrow();
        assertThat(series.bytesPerMemberSecond()
                        .get(series.bytesPerMemberSecond().size() - 1))
                .isLessThan(3 * typical);
    }

    @Test
    void theSameScenarioGivesTheSameRun() {
        Scenario scenario = Scenario.parse(PARTITION);

        RunResult first = Simulation.run(scenario);

        assertThat(Simulation.run(scenario)).isEqualTo(first);
        assertThat(Simulation.run(scenario.toBuilder().randomSeed(2).build()).fingerprint())
                .isNotEqualTo(first.fingerprint());
    }
}

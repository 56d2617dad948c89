/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.simulator.report.SummaryText;
import io.gossip.simulator.scenario.Catalogue;
import io.gossip.simulator.scenario.Scenario;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every scenario of the catalogue; {@code -Dgossip.randomSeed=N} runs them with another random seed. */
class CatalogueTest {
    private static final int LARGE = 300;

    static Stream<String> fast() {
        return Catalogue.names().stream().filter(name -> Catalogue.read(name).members() < LARGE);
    }

    static Stream<String> slow() {
        return Catalogue.names().stream().filter(name -> Catalogue.read(name).members() >= LARGE);
    }

    @ParameterizedTest
    @MethodSource("fast")
    void everyLawHolds(String name) {
        run(name);
    }

    @Tag("simulation")
    @ParameterizedTest
    @MethodSource("slow")
    void everyLawHoldsAmongHundreds(String name) {
        run(name);
    }

    private static void run(String name) {
        Scenario scenario = Catalogue.read(name);
        Long seed = Long.getLong("gossip.randomSeed");
        RunResult result = Simulation.run(
                seed == null ? scenario : scenario.toBuilder().randomSeed(seed).build());
        System.out.println(SummaryText.oneLine(result));
        assertThat(result.violations())
                .as(
                        "replay: gossip simulate %s --random-seed %d",
                        name, result.scenario().randomSeed())
                .isEmpty();
    }

    @Test
    void everyScenarioHasItsOwnNameAndSaysWhatItProves() {
        assertThat(Catalogue.names()).hasSizeGreaterThanOrEqualTo(25).doesNotHaveDuplicates();
        for (String name : Catalogue.names()) {
            assertThat(Catalogue.read(name).name()).isEqualTo(name);
            assertThat(Catalogue.read(name).about()).as(name).isNotEmpty();
        }
    }
}

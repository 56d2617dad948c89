/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.wire.ProtocolVersion;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The text of scenarios: what the builder builds, and what is said of mistakes. */
class ScenarioTextTest {
    @Test
    void textAndBuilderSayTheSame() {
        Scenario built = Scenario.builder("both")
                .about("text and builder say the same")
                .members(5)
                .interval(Duration.ofMillis(100))
                .protocol(ProtocolVersion.V1)
                .network(new NetworkSettings.Change.ToLoss(new NetworkSettings.Loss.Uniform(0.05)))
                .at(Duration.ofSeconds(5), new Action.Partition(List.of(MemberSet.range(1, 3), MemberSet.range(4, 5))))
                .at(Duration.ofSeconds(6), new Action.Write(MemberSet.of(1), "color", "red", false))
                .at(Duration.ofSeconds(20), new Action.Heal())
                .expect(new Expectation.Converged(Duration.ofSeconds(20)))
                .build();

        Scenario read = Scenario.parse("""
                # a comment
                scenario both
                about text and builder say the same
                members 5
                protocol v1      # another
                interval 100ms
                network loss 5%
                at 20s heal
                at 5s partition 1-3 | 4-5
                at 6s write 1 color red
                expect converged within 20s
                """);

        assertThat(read).isEqualTo(built);
        assertThat(Scenario.parse(read.toString())).isEqualTo(read);
    }

    @Test
    void everyScenarioOfTheCatalogueIsGivenBackByItsText() {
        for (String name : Catalogue.names()) {
            Scenario scenario = Catalogue.read(name);
            assertThat(Scenario.parse(scenario.toString())).as(name).isEqualTo(scenario);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "members 5; line 1: expected 'scenario NAME' first, got 'members'",
                "scenario; line 1: expected a name, got the end of the line",
                "scenario a|membres 5; line 2: expected about, members, seed-nodes",
                "scenario a|members five; line 2: expected a whole number from 1 to 100000, got 'five'",
                "scenario a|interval 10; line 2: expected a duration like 100ms, 1.5s or 2m, got '10'",
                "scenario a|at 5s explode 3; line 2: expected write, write-ttl, delete",
                "scenario a|at 5s pause 3 during 2s; line 2: expected 'for', got 'during'",
                "scenario a|at 5s crash 3 now; line 2: expected the end of the line, got 'now'",
                "scenario a|at 5s crash x; line 2: expected members like 3 or 1-3,7, got 'x'",
                "scenario a|network loss 120%; line 2: expected a share from 0% to 100%, got '120%'",
                "scenario a|members 3|at 5s crash 4; there is no member 4, only 3",
                "scenario a|duration 3s|at 5s crash 1; the last action ends at 5s, after the duration of 3s",
                "scenario a|duration 3s|expect converged within 4s; expected a duration of at least 4s",
            })
    void aMistakeIsNamedWithItsLine(String text, String message) {
        assertThatThrownBy(() -> Scenario.parse(text.replace('|', '\n')))
                .isInstanceOf(ScenarioException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void membersAreJoinedAndSorted() {
        assertThat(MemberSet.parse("7,1-3,4")).hasToString("1-4,7");
        assertThat(MemberSet.parse("none").numbers()).isEmpty();
    }
}

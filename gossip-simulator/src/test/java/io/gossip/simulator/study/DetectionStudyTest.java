/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gossip.core.detection.DetectorRule;
import io.gossip.simulator.scenario.ScenarioException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DetectionStudyTest {
    private static final List<DetectorRule> BOTH = List.of(DetectorRule.REFERENCE, DetectorRule.SELF_DOUBTING);

    private static final Duration INITIAL = Duration.ofSeconds(5);

    private static List<DetectionRow> rows(Event event, double loss) {
        DetectionPlan plan = new DetectionPlan(
                List.of(12), List.of(loss), List.of(Duration.ofMillis(100)), BOTH, INITIAL, 250, 60, 2, 1);
        List<DetectionRow> rows = new ArrayList<>();
        new DetectionStudy(plan).run(event, rows::add);
        assertThat(rows).hasSize(2);
        return rows;
    }

    @Test
    void bothRulesFindACrashEquallySoonAndAccuseNobodyElse() {
        List<DetectionRow> rows = rows(new Event.Crash(), 0.25);
        for (DetectionRow row : rows) {
            assertThat(row.missed()).isZero();
            assertThat(row.falseDeaths()).isZero();
            assertThat(row.firstSeconds()).isLessThanOrEqualTo(row.medianSeconds());
            assertThat(row.medianSeconds()).isLessThanOrEqualTo(row.lastSeconds());
        }
        assertThat(rows.get(1).lastSeconds()).isLessThanOrEqualTo(rows.get(0).lastSeconds() + 0.2);
    }

    @Test
    void whoWakesAccusesAllByTheReferencesRuleAndNobodyByOurs() {
        List<DetectionRow> rows = rows(new Event.Pause(Duration.ofSeconds(10)), 0);
        assertThat(rows.get(0).byAffected()).isEqualTo(2 * 11);
        assertThat(rows.get(1).byAffected()).isZero();
        assertThat(rows.get(1).againstAffected()).isEqualTo(2 * 11);
    }

    @Test
    void theSamePlanGivesTheSameRows() {
        assertThat(rows(new Event.Deaf(0.9), 0)).isEqualTo(rows(new Event.Deaf(0.9), 0));
    }

    @Test
    void refusesWhatCannotBeRun() {
        assertThatThrownBy(() -> new DetectionPlan(List.of(2), List.of(), List.of(), BOTH, INITIAL, 1, 1, 1, 1))
                .isInstanceOf(ScenarioException.class)
                .hasMessage("expected members between 3 and 10000, got 2.0");
    }
}

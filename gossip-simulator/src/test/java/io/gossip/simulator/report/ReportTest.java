/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.Simulation;
import io.gossip.simulator.scenario.Scenario;
import org.junit.jupiter.api.Test;

/** The three forms of a report. */
class ReportTest {
    private static final RunResult RESULT = Simulation.run(Scenario.parse("""
            scenario report
            about reads "well" & <safely>
            members 6
            interval 100ms
            detector 8 500ms
            at 3s write 2 color red
            at 5s crash 6
            at 5s expect 1-5 sees-dead 6 within 8s
            at 6s expect 1-5 reads 2 color value blue within 1s
            """));

    @Test
    void theSummaryNamesWhatWasBrokenAndWhatWasMeasured() {
        assertThat(SummaryText.of(RESULT))
                .startsWith("report: LAWS BROKEN\n")
                .contains("broken: expectation at 7.000 s: members 1-5 read color of 2: ")
                .contains("'n2 color' at 3.0 s: half knew it after")
                .contains("crashes were noticed after");
        assertThat(SummaryText.oneLine(RESULT)).startsWith("report ").contains("BROKEN");
    }

    @Test
    void jsonHoldsTheSame() {
        assertThat(JsonReport.of(RESULT))
                .startsWith("{\"scenario\":\"report\",\"about\":\"reads \\\"well\\\" & <safely>\"")
                .contains("\"passed\":false", "\"law\":\"expectation\"", "\"detection_seconds\":[")
                .contains("\"converged_seconds\":null")
                .endsWith("}")
                .doesNotContain("\n", ",,", "[,", "{,");
    }

    @Test
    void thePageNeedsNothingElse() {
        String page = HtmlReport.of(RESULT);
        assertThat(page)
                .contains("reads &quot;well&quot; &amp; &lt;safely&gt;", "<polyline", "Time to notice a crash")
                .doesNotContain("<script", "http:", "https:", "@import", "url(");
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import io.gossip.simulator.study.DetectionRow;
import java.util.List;
import java.util.Locale;

/** The rows of a study of failure detection: as a Markdown table for people, as JSON for programs. */
public final class DetectionReport {
    private DetectionReport() {}

    /** {@return the two lines that stand above the rows, ended} */
    public static String header() {
        return """
                | interval | members | loss | what happens | rule | first | median | last | missed | false: by, against, others | per member-hour | datagrams |
                | ---: | ---: | ---: | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
                """;
    }

    /**
     * One line of the table.
     *
     * @param row what it shows
     * @return the line, ended
     */
    public static String line(DetectionRow row) {
        return String.format(
                Locale.ROOT,
                "| %d ms | %d | %.0f %% | %s | %s | %s | %s | %s | %d | %d, %d, %d | %.3f | %.2f |%n",
                row.interval().toMillis(),
                row.members(),
                100 * row.loss(),
                row.event().text(),
                row.rule().word(),
                seconds(row.firstSeconds()),
                seconds(row.medianSeconds()),
                seconds(row.lastSeconds()),
                row.missed(),
                row.byAffected(),
                row.againstAffected(),
                row.otherFalseDeaths(),
                row.falseDeathsPerMemberHour(),
                row.datagramsPerRound());
    }

    private static String seconds(double seconds) {
        return Double.isNaN(seconds) ? "" : String.format(Locale.ROOT, "%.2f s", seconds);
    }

    /**
     * All rows as one JSON array.
     *
     * @param rows what they show
     * @return one line of JSON, without a line end
     */
    public static String json(List<DetectionRow> rows) {
        JsonWriter json = new JsonWriter();
        json.open('[');
        for (DetectionRow row : rows) {
            json.open('{')
                    .field("interval_ms", row.interval().toMillis())
                    .field("members", row.members())
                    .field("loss", row.loss())
                    .field("event", row.event().text())
                    .field("rule", row.rule().word())
                    .field("runs", row.runs())
                    .field("virtual_seconds", row.virtualSeconds())
                    .field("first_seconds", row.firstSeconds())
                    .field("median_seconds", row.medianSeconds())
                    .field("last_seconds", row.lastSeconds())
                    .field("missed", row.missed())
                    .field("false_by_affected", row.byAffected())
                    .field("false_against_affected", row.againstAffected())
                    .field("false_others", row.otherFalseDeaths())
                    .field("false_deaths_per_member_hour", row.falseDeathsPerMemberHour())
                    .field("datagrams_per_member_round", row.datagramsPerRound())
                    .close('}');
        }
        return json.close(']').toString();
    }
}

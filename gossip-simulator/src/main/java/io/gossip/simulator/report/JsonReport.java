/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import io.gossip.simulator.law.Violation;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.RunResult.Point;
import io.gossip.simulator.run.RunResult.Spread;

/** A run as one JSON object. */
public final class JsonReport {
    private final JsonWriter json = new JsonWriter();

    private JsonReport() {}

    /**
     * Writes a run down.
     *
     * @param result what came of it
     * @return one line of JSON, without a line end
     */
    public static String of(RunResult result) {
        JsonReport report = new JsonReport();
        report.write(result);
        return report.json.toString();
    }

    private void write(RunResult result) {
        json.open('{')
                .field("scenario", result.scenario().name())
                .field("about", result.scenario().about())
                .field("text", result.scenario().toString())
                .field("random_seed", result.scenario().randomSeed())
                .field("members", result.scenario().members())
                .field("passed", result.passed())
                .field("fingerprint", result.fingerprint())
                .field("virtual_seconds", result.virtualSeconds())
                .field("converged_seconds", result.convergedSeconds().orElse(Double.NaN))
                .field("violation_count", result.violationCount())
                .field("excused_count", result.excusedCount());
        json.name("violations").open('[');
        result.violations().forEach(this::violation);
        json.close(']');
        totals(result.totals());
        json.field("detection_seconds", result.detectionSeconds());
        json.name("spreads").open('[');
        result.spreads().forEach(this::spread);
        json.close(']');
        series(result.series());
        json.close('}');
    }

    private void violation(Violation violation) {
        json.open('{')
                .field("law", violation.law())
                .field("at_seconds", violation.atNanos() / 1e9)
                .field("text", violation.text())
                .close('}');
    }

    private void totals(RunResult.Totals totals) {
        json.name("totals")
                .open('{')
                .field("datagrams", totals.datagrams())
                .field("bytes", totals.bytes())
                .field("lost", totals.lost())
                .field("overflowed", totals.overflowed())
                .field("largest_datagram", totals.largestDatagram())
                .field("cluster_events", totals.clusterEvents())
                .field("false_deaths", totals.falseDeaths())
                .field("running", totals.running())
                .field("resets", totals.resets())
                .field("renumberings", totals.renumberings())
                .field("partial_digests", totals.partialDigests())
                .field("digest_bytes", totals.digestBytes())
                .field("state_bytes", totals.stateBytes())
                .close('}');
    }

    private void spread(Spread spread) {
        json.open('{').field("label", spread.label()).field("at_seconds", spread.atSeconds());
        json.field("seconds", spread.points().stream().map(Point::x).toList());
        json.field("share", spread.points().stream().map(Point::y).toList());
        json.close('}');
    }

    private void series(RunResult.Series series) {
        json.name("series")
                .open('{')
                .field("piece_seconds", series.pieceSeconds())
                .field("bytes_per_member_second", series.bytesPerMemberSecond())
                .field("datagrams_per_member_second", series.datagramsPerMemberSecond())
                .field("live_seen", series.liveSeen())
                .field("running", series.running())
                .close('}');
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import io.gossip.simulator.law.Violation;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.RunResult.Point;
import io.gossip.simulator.run.RunResult.Spread;
import java.util.List;
import java.util.Locale;

/** A run in some lines for people. */
public final class SummaryText {
    private final StringBuilder text = new StringBuilder();

    private SummaryText() {}

    /**
     * Sums a run up.
     *
     * @param result what came of it
     * @return some lines, each ended
     */
    public static String of(RunResult result) {
        SummaryText summary = new SummaryText();
        summary.head(result);
        summary.measured(result);
        summary.violations(result);
        return summary.text.toString();
    }

    private void head(RunResult result) {
        line("%s: %s", result.scenario().name(), result.passed() ? "all laws held" : "LAWS BROKEN");
        if (!result.scenario().about().isEmpty()) {
            line("  %s", result.scenario().about());
        }
        line(
                "  %d members, random seed %d, %.1f virtual seconds, fingerprint %s",
                result.scenario().members(),
                result.scenario().randomSeed(),
                result.virtualSeconds(),
                result.fingerprint());
    }

    private void measured(RunResult result) {
        RunResult.Totals totals = result.totals();
        line(
                "  %d datagrams, %d bytes (longest %d), %d lost, %d dropped by full queues",
                totals.datagrams(), totals.bytes(), totals.largestDatagram(), totals.lost(), totals.overflowed());
        line(
                "  per member and second: %.0f bytes, %.1f datagrams",
                Percentiles.mean(result.series().bytesPerMemberSecond()),
                Percentiles.mean(result.series().datagramsPerMemberSecond()));
        line(
                "  %d cluster events, %d resets, %d renumberings, %d false deaths, longest digest %d bytes, %d partial",
                totals.clusterEvents(),
                totals.resets(),
                totals.renumberings(),
                totals.falseDeaths(),
                totals.digestBytes(),
                totals.partialDigests());
        result.convergedSeconds().ifPresent(s -> line("  all agreed %.2f s after the last action", s));
        List<Double> detected = result.detectionSeconds();
        if (!detected.isEmpty()) {
            line(
                    "  crashes were noticed after %.2f s (median), %.2f s (99 %%), %.2f s (last), %d times",
                    Percentiles.of(detected, 0.5),
                    Percentiles.of(detected, 0.99),
                    Percentiles.of(detected, 1),
                    detected.size());
        }
        result.spreads().forEach(this::spread);
    }

    private void spread(Spread spread) {
        List<Point> points = spread.points();
        if (!points.isEmpty()) {
            Point last = points.get(points.size() - 1);
            line(
                    "  '%s' at %.1f s: half knew it after %.2f s, %.1f %% after %.2f s",
                    spread.label(), spread.atSeconds(), timeOfHalf(points), 100 * last.y(), last.x());
        }
    }

    private static double timeOfHalf(List<Point> points) {
        return points.stream()
                .filter(p -> p.y() >= 0.5)
                .mapToDouble(Point::x)
                .findFirst()
                .orElse(Double.NaN);
    }

    private void violations(RunResult result) {
        for (Violation violation : result.violations()) {
            line("  broken: %s", violation);
        }
        long more = result.violationCount() - result.violations().size();
        if (more > 0) {
            line("  and %d more", more);
        }
        if (result.excusedCount() > 0) {
            line(
                    "  %d breaches of excused laws: %s",
                    result.excusedCount(), result.scenario().excused());
        }
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in a library that we do not have
    private void line(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    /**
     * One line of a table of runs.
     *
     * @param result what came of a run
     * @return name, verdict and how long agreement took
     */
    public static String oneLine(RunResult result) {
        String verdict =
                result.passed() ? "ok" : "BROKEN " + result.violations().get(0);
        String agreed = result.convergedSeconds().isPresent()
                ? String.format(Locale.ROOT, "%.2f s", result.convergedSeconds().getAsDouble())
                : "-";
        return String.format(
                Locale.ROOT,
                "%-36s %5d members %8.1f virtual s  agreed after %8s  %s",
                result.scenario().name(),
                result.scenario().members(),
                result.virtualSeconds(),
                agreed,
                verdict);
    }
}

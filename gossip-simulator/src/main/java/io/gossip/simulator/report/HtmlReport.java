/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import io.gossip.simulator.law.LawBook;
import io.gossip.simulator.run.RunResult;
import io.gossip.simulator.run.RunResult.Point;
import io.gossip.simulator.run.RunResult.Series;
import io.gossip.simulator.run.RunResult.Spread;
import java.util.ArrayList;
import java.util.List;

/** A run as one page that needs nothing else: no script, no network. */
public final class HtmlReport {
    private static final String STYLE = "body{font:15px/1.45 system-ui,sans-serif;max-width:780px;margin:2em auto;"
            + "padding:0 1em;color:#1f2937;background:#fff}pre{background:#f3f4f6;padding:1em;overflow:auto}"
            + "svg{width:100%;font:11px system-ui,sans-serif}.grid{stroke:#e5e7eb}.ok{color:#047857}.bad{color:#b91c1c}"
            + "@media(prefers-color-scheme:dark){body{color:#e5e7eb;background:#111827}pre{background:#1f2937}"
            + ".grid{stroke:#374151}svg text{fill:#e5e7eb}.ok{color:#34d399}.bad{color:#f87171}}";

    private final StringBuilder html = new StringBuilder();

    private HtmlReport() {}

    /**
     * Draws a run.
     *
     * @param result what came of it
     * @return a whole HTML document
     */
    public static String of(RunResult result) {
        HtmlReport report = new HtmlReport();
        report.write(result);
        return report.html.toString();
    }

    private void write(RunResult result) {
        String name = escaped(result.scenario().name());
        html.append("<!doctype html><html lang=\"en\"><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width\"><title>")
                .append(name)
                .append("</title><style>")
                .append(STYLE)
                .append("</style><h1>")
                .append(name)
                .append("</h1><p>")
                .append(escaped(result.scenario().about()))
                .append("<p class=\"")
                .append(result.passed() ? "ok\">All laws held: " : "bad\">Laws were broken. Judged: ")
                .append(escaped(String.join(", ", LawBook.names())))
                .append(".<pre>")
                .append(escaped(SummaryText.of(result)))
                .append("</pre>");
        plots(result);
        html.append("<h2>The scenario</h2><pre>")
                .append(escaped(result.scenario().toString()))
                .append("</pre></html>");
    }

    private void plots(RunResult result) {
        List<SvgPlot.Curve> spreads = new ArrayList<>();
        for (Spread spread : result.spreads()) {
            spreads.add(new SvgPlot.Curve(spread.label(), steps(spread.points())));
        }
        if (!spreads.isEmpty()) {
            plot("Share of members that know a write", "seconds since the write", spreads);
        }
        Series series = result.series();
        plot(
                "Live members",
                "virtual seconds",
                List.of(
                        over(series, "run", series.running()),
                        over(series, "seen live by a member, on the average", series.liveSeen())));
        plot(
                "Bytes sent",
                "virtual seconds",
                List.of(over(series, "bytes per member and second", series.bytesPerMemberSecond())));
        plot(
                "Datagrams sent",
                "virtual seconds",
                List.of(over(series, "datagrams per member and second", series.datagramsPerMemberSecond())));
        if (!result.detectionSeconds().isEmpty()) {
            plot(
                    "Time to notice a crash",
                    "seconds since the crash",
                    List.of(new SvgPlot.Curve("share noticed", distribution(result.detectionSeconds()))));
        }
    }

    private void plot(String title, String xLabel, List<SvgPlot.Curve> curves) {
        html.append("<h2>").append(escaped(title)).append("</h2>").append(SvgPlot.of(xLabel, curves));
    }

    private static SvgPlot.Curve over(Series series, String label, List<Double> values) {
        List<Point> points = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            points.add(new Point((i + 0.5) * series.pieceSeconds(), values.get(i)));
        }
        return new SvgPlot.Curve(label, points);
    }

    private static List<Point> steps(List<Point> points) {
        List<Point> steps = new ArrayList<>();
        steps.add(new Point(0, 0));
        steps.addAll(points);
        return thinned(steps);
    }

    private static List<Point> distribution(List<Double> ascending) {
        List<Point> points = new ArrayList<>();
        points.add(new Point(0, 0));
        for (int i = 0; i < ascending.size(); i++) {
            points.add(new Point(ascending.get(i), (i + 1.0) / ascending.size()));
        }
        return thinned(points);
    }

    private static List<Point> thinned(List<Point> points) {
        int stride = points.size() / 500 + 1;
        List<Point> some = new ArrayList<>();
        for (int i = 0; i < points.size(); i += stride) {
            some.add(points.get(i));
        }
        some.add(points.get(points.size() - 1));
        return some;
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}

/* SPDX-License-Identifier: Apache-2.0 */
package io.gossip.simulator.report;

import io.gossip.simulator.run.RunResult.Point;
import java.util.List;
import java.util.Locale;

/** A plot of some curves with axes, as an SVG element. */
final class SvgPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int LEFT = 70;
    private static final int BOTTOM = 36;
    private static final int TOP = 14;
    private static final int TICKS = 5;
    private static final String[] COLORS = {
        "#2563eb", "#d97706", "#059669", "#dc2626", "#7c3aed", "#0891b2", "#be185d", "#4d7c0f"
    };

    /** One line of a plot. */
    record Curve(String label, List<Point> points) {}

    private final StringBuilder svg = new StringBuilder();
    private final double mostX;
    private final double mostY;

    private SvgPlot(double mostX, double mostY) {
        this.mostX = mostX > 0 ? mostX : 1;
        this.mostY = mostY > 0 ? mostY : 1;
    }

    static String of(String xLabel, List<Curve> curves) {
        double mostX = 0;
        double mostY = 0;
        for (Curve curve : curves) {
            for (Point point : curve.points()) {
                mostX = Math.max(mostX, point.x());
                mostY = Math.max(mostY, point.y());
            }
        }
        SvgPlot plot = new SvgPlot(mostX, mostY * 1.05);
        plot.draw(xLabel, curves);
        return plot.svg.toString();
    }

    private void draw(String xLabel, List<Curve> curves) {
        add("<svg viewBox=\"0 0 %d %d\" role=\"img\">", WIDTH, HEIGHT + 18 * curves.size());
        for (int i = 0; i <= TICKS; i++) {
            double x = mostX * i / TICKS;
            double y = mostY * i / TICKS;
            add("<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", LEFT, y(y), WIDTH - 10, y(y));
            add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 6, y(y) + 4, number(y));
            add("<text x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>", x(x), HEIGHT - BOTTOM + 16, number(x));
        }
        add(
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH) / 2, HEIGHT - 4, HtmlReport.escaped(xLabel));
        for (int i = 0; i < curves.size(); i++) {
            curve(curves.get(i), COLORS[i % COLORS.length], i);
        }
        svg.append("</svg>");
    }

    private void curve(Curve curve, String color, int index) {
        add("<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"1.6\" points=\"", color);
        for (Point point : curve.points()) {
            add("%.1f,%.1f ", x(point.x()), y(point.y()));
        }
        svg.append("\"/>");
        int at = HEIGHT + 18 * index;
        add("<rect x=\"%d\" y=\"%d\" width=\"12\" height=\"12\" fill=\"%s\"/>", LEFT, at, color);
        add("<text x=\"%d\" y=\"%d\">%s</text>", LEFT + 18, at + 10, HtmlReport.escaped(curve.label()));
    }

    private double x(double value) {
        return LEFT + value / mostX * (WIDTH - 10 - LEFT);
    }

    private double y(double value) {
        return HEIGHT - BOTTOM - value / mostY * (HEIGHT - BOTTOM - TOP);
    }

    private static String number(double value) {
        return value >= 100 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%.3g", value);
    }

    @SuppressWarnings("AnnotateFormatMethod") // its annotation is in a library that we do not have
    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}

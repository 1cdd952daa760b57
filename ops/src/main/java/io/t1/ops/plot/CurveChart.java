package io.t1.ops.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Curves over one quantity, dots beside them and the quantity's density beneath, as SVG that is read on light and dark pages
 * alike.
 *
 * @param title a line above.
 * @param axis what runs to the right, with its unit.
 * @param lines three at most, the first on top.
 * @param dots drawn small.
 * @param edges of the density's cells, ascending.
 * @param density a count a cell; empty for none.
 */
public record CurveChart(
        String title, String axis, List<Line> lines, List<Point> dots, List<Double> edges, List<Long> density) {
    private static final int WIDTH = 380;
    private static final int LEFT = 58;
    private static final int RIGHT = 10;
    private static final int TOP = 30;
    private static final int FLOOR = 210;
    private static final int GROUND = 250;
    private static final int HEIGHT = 286;
    private static final String STYLE = """
            <style>
            .t1c{--ink:#1f2328;--soft:#59636e;--grid:#d8dee4;--mass:#c8d1da;--s0:#0b62c4;--s1:#c2410c;--s2:#15803d}
            @media (prefers-color-scheme:dark){.t1c{--ink:#f0f3f6;--soft:#b0b9c3;--grid:#3a424b;--mass:#3a424b;--s0:#6cb0ff;
            --s1:#ff9f68;--s2:#5fd38a}}
            .t1c text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--soft)}
            .t1c .title{font-size:13px;font-weight:600;fill:var(--ink)}
            .t1c path{fill:none;stroke-width:2;stroke-linejoin:round}.t1c .grid{stroke:var(--grid)}
            </style>
            """;

    /** In the quantity's unit and the curve's. */
    public record Point(double x, double y) {}

    /**
     * A curve.
     *
     * @param points in order of x.
     */
    public record Line(String name, List<Point> points) {}

    /** Draws it. */
    public String svg() {
        final StringBuilder out = new StringBuilder();
        final double leastX = edges.getFirst();
        final double mostX = edges.getLast();
        final double[] ys = Stream.concat(lines.stream().flatMap(line -> line.points().stream()), dots.stream())
                .mapToDouble(Point::y)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        final double low = ys.length == 0 ? 0 : ys[0];
        final double high = ys.length == 0 ? 1 : ys[ys.length - 1];
        final double room = high > low ? 0 : 1;
        final Scale scale = new Scale(leastX, mostX, low - room, high + room);
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"t1c\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>",
                WIDTH,
                HEIGHT,
                Escaped.text(title));
        out.append(STYLE);
        line(out, "<text class=\"title\" x=\"%d\" y=\"18\">%s</text>", LEFT, Escaped.text(title));
        density(out, scale);
        for (int i = 0; i <= 2; i++) {
            final double value = scale.lowY + i * (scale.highY - scale.lowY) / 2;
            line(
                    out,
                    "<line class=\"grid\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
                    LEFT,
                    WIDTH - RIGHT,
                    scale.y(value),
                    scale.y(value));
            line(
                    out,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6,
                    scale.y(value) + 4,
                    number(value));
        }
        for (final Point dot : dots) {
            line(
                    out,
                    "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2\" fill=\"var(--soft)\"/>",
                    scale.x(dot.x()),
                    scale.y(dot.y()));
        }
        for (int i = lines.size() - 1; i >= 0; i--) {
            curve(out, scale, lines.get(i), i);
        }
        line(out, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT, GROUND + 15, number(leastX));
        line(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", WIDTH - RIGHT, GROUND + 15, number(mostX));
        line(
                out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                GROUND + 29,
                Escaped.text(axis));
        return out.append("</svg>\n").toString();
    }

    /**
     * The root of rows a unit of the quantity: a wide cell of few rows is low, and beside one where half of the rows have one
     * value it is seen still.
     */
    private void density(final StringBuilder out, final Scale scale) {
        double most = 0;
        for (int c = 0; c < density.size(); c++) {
            most = Math.max(most, density.get(c) / (edges.get(c + 1) - edges.get(c)));
        }
        for (int c = 0; c < density.size() && most > 0; c++) {
            final double height =
                    Math.sqrt(density.get(c) / (edges.get(c + 1) - edges.get(c)) / most) * (GROUND - FLOOR - 4);
            line(
                    out,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--mass)\"/>",
                    scale.x(edges.get(c)),
                    GROUND - height,
                    scale.x(edges.get(c + 1)) - scale.x(edges.get(c)),
                    height);
        }
    }

    private static void curve(final StringBuilder out, final Scale scale, final Line curve, final int number) {
        final StringBuilder path = new StringBuilder();
        for (final Point point : curve.points()) {
            path.append(String.format(
                    Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", scale.x(point.x()), scale.y(point.y())));
        }
        line(
                out,
                "<path d=\"%s\" stroke=\"var(--s%d)\"%s><title>%s</title></path>",
                path,
                number,
                number == 0 ? "" : " stroke-dasharray=\"%s\"".formatted(number == 1 ? "6 3" : "2 3"),
                Escaped.text(curve.name()));
    }

    private static String number(final double value) {
        return String.format(Locale.ROOT, Math.abs(value) >= 1_000 ? "%.0f" : "%.3g", value);
    }

    private static void line(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private record Scale(double lowX, double highX, double lowY, double highY) {
        double x(final double value) {
            final double share = Math.clamp((value - lowX) / (highX - lowX), 0, 1);
            return LEFT + share * (WIDTH - RIGHT - LEFT);
        }

        double y(final double value) {
            return FLOOR - (value - lowY) / (highY - lowY) * (FLOOR - TOP);
        }
    }
}

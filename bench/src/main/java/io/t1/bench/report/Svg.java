package io.t1.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Draws a plot as SVG that is read on light and dark pages alike: it follows the reader's colour scheme, and each line
 * differs from the others by its marker too.
 */
public final class Svg {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 420;
    private static final int LEFT = 76;
    private static final int RIGHT = 178;
    private static final int TOP = 44;
    private static final int BOTTOM = 58;
    private static final int LABEL_APART = 16;
    private static final String STYLE = """
            <style>
            :root{--ink:#1f2328;--soft:#59636e;--grid:#d8dee4;--page:#ffffff;
            --s0:#0b62c4;--s1:#c2410c;--s2:#15803d;--s3:#9333ea;--s4:#b45309;--s5:#be185d}
            @media (prefers-color-scheme:dark){:root{--ink:#f0f3f6;--soft:#b0b9c3;--grid:#3a424b;--page:#0d1117;
            --s0:#6cb0ff;--s1:#ff9f68;--s2:#5fd38a;--s3:#c99bff;--s4:#f2c14e;--s5:#ff8cc0}}
            text{font:13px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--ink)}
            .title{font-size:15px;font-weight:600}.axis{fill:var(--soft)}
            .grid{stroke:var(--grid);stroke-width:1}.line{fill:none;stroke-width:2;stroke-linejoin:round}
            </style>
            """;

    private final StringBuilder out = new StringBuilder();
    private final Plot plot;
    private final Ticks x;
    private final Ticks y;

    private Svg(final Plot plot) {
        this.plot = plot;
        double leastX = Double.MAX_VALUE;
        double mostX = 0;
        double leastY = Double.MAX_VALUE;
        double mostY = 0;
        for (final Series series : plot.series()) {
            for (final Series.Point point : series.points()) {
                leastX = Math.min(leastX, point.x());
                mostX = Math.max(mostX, point.x());
                leastY = Math.min(leastY, point.y());
                mostY = Math.max(mostY, point.y());
            }
        }
        if (mostX == 0 || mostY == 0) {
            throw new IllegalArgumentException("plot " + plot.name() + " has no points");
        }
        x = Ticks.spanning(plot.x().scale(), leastX, mostX);
        y = Ticks.spanning(plot.y().scale(), leastY, mostY);
    }

    /** Draws it. */
    public static String of(final Plot plot) {
        return new Svg(plot).draw();
    }

    private String draw() {
        line(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" role=\"img\">",
                WIDTH, HEIGHT, WIDTH, HEIGHT);
        line("<title>%s</title>", escaped(plot.title()));
        out.append(STYLE);
        line("<rect width=\"%d\" height=\"%d\" fill=\"var(--page)\"/>", WIDTH, HEIGHT);
        line("<text class=\"title\" x=\"%d\" y=\"24\">%s</text>", LEFT, escaped(plot.title()));
        axes();
        for (int i = 0; i < plot.series().size(); i++) {
            series(i);
        }
        legend();
        out.append("</svg>\n");
        return out.toString();
    }

    private void axes() {
        for (final double tick : x.at()) {
            final double at = atX(tick);
            line("<line class=\"grid\" x1=\"%.1f\" y1=\"%d\" x2=\"%.1f\" y2=\"%d\"/>", at, TOP, at, HEIGHT - BOTTOM);
            line(
                    "<text class=\"axis\" x=\"%.1f\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                    at, HEIGHT - BOTTOM + 20, x.label(tick));
        }
        for (final double tick : y.at()) {
            final double at = atY(tick);
            line("<line class=\"grid\" x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\"/>", LEFT, at, WIDTH - RIGHT, at);
            line(
                    "<text class=\"axis\" x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 8, at + 4, y.label(tick));
        }
        line(
                "<text class=\"axis\" x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2, HEIGHT - 14, escaped(plot.x().label()));
        final int middle = (TOP + HEIGHT - BOTTOM) / 2;
        line(
                "<text class=\"axis\" x=\"18\" y=\"%d\" text-anchor=\"middle\" transform=\"rotate(-90 18 %d)\">%s</text>",
                middle, middle, escaped(plot.y().label()));
    }

    private void series(final int index) {
        final Series series = plot.series().get(index);
        final StringBuilder path = new StringBuilder();
        for (final Series.Point point : series.points()) {
            path.append(path.isEmpty() ? 'M' : 'L')
                    .append(String.format(Locale.ROOT, "%.1f %.1f", atX(point.x()), atY(point.y())));
        }
        line("<path class=\"line\" stroke=\"var(--s%d)\" d=\"%s\"/>", index, path);
        if (series.points().size() <= 24) {
            for (final Series.Point point : series.points()) {
                marker(index, atX(point.x()), atY(point.y()));
            }
        }
    }

    private void marker(final int index, final double cx, final double cy) {
        switch (index % 3) {
            case 0 -> line("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" fill=\"var(--s%d)\"/>", cx, cy, index);
            case 1 ->
                line(
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"7\" height=\"7\" fill=\"var(--s%d)\"/>",
                        cx - 3.5, cy - 3.5, index);
            default -> line("<path d=\"M%.1f %.1fl4 7h-8z\" fill=\"var(--s%d)\"/>", cx, cy - 4, index);
        }
    }

    /** Names beside the lines' ends, pushed apart where lines end close to each other. */
    private void legend() {
        final List<Integer> order = new ArrayList<>();
        for (int i = 0; i < plot.series().size(); i++) {
            order.add(i);
        }
        order.sort(Comparator.comparingDouble(this::endY));
        double last = TOP - LABEL_APART;
        for (final int index : order) {
            last = Math.max(last + LABEL_APART, endY(index));
            marker(index, WIDTH - RIGHT + 16, last);
            line(
                    "<text x=\"%d\" y=\"%.1f\">%s</text>",
                    WIDTH - RIGHT + 26,
                    last + 4,
                    escaped(plot.series().get(index).name()));
        }
    }

    private double endY(final int index) {
        return atY(plot.series().get(index).points().getLast().y());
    }

    private double atX(final double value) {
        return LEFT + x.position(value) * (WIDTH - LEFT - RIGHT);
    }

    private double atY(final double value) {
        return HEIGHT - BOTTOM - y.position(value) * (HEIGHT - TOP - BOTTOM);
    }

    private void line(final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }

    private static String escaped(final String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}

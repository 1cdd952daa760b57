package io.t1.ops.plot;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A bar a category up or down from 0, dots on them, and each one's share of the rows beneath, as SVG that is read on light and
 * dark pages alike.
 *
 * @param title a line above.
 * @param bars in the order drawn, one at least.
 * @param dots one a bar, or none at all.
 */
public record CategoryChart(String title, List<Bar> bars, List<Double> dots) {
    private static final int WIDTH = 380;
    private static final int LEFT = 58;
    private static final int RIGHT = 10;
    private static final int TOP = 30;
    private static final int FLOOR = 190;
    private static final int GROUND = 225;
    private static final int HEIGHT = 286;
    private static final double GAP = 0.25;
    private static final int MOST_LETTERS = 11;
    private static final String STYLE = """
            <style>
            .t1b{--ink:#1f2328;--soft:#59636e;--grid:#d8dee4;--mass:#c8d1da;--s0:#0b62c4;--s1:#c2410c}
            @media (prefers-color-scheme:dark){.t1b{--ink:#f0f3f6;--soft:#b0b9c3;--grid:#3a424b;--mass:#3a424b;--s0:#6cb0ff;
            --s1:#ff9f68}}
            .t1b text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--soft)}
            .t1b .title{font-size:13px;font-weight:600;fill:var(--ink)}.t1b line{stroke:var(--grid)}
            </style>
            """;

    /**
     * A category.
     *
     * @param value of its bar.
     * @param share of the rows, 0 to 1; NaN when nobody counted.
     */
    public record Bar(String category, double value, double share) {}

    /** Draws it. */
    public String svg() {
        final double[] values = Stream.concat(bars.stream().map(Bar::value), dots.stream())
                .mapToDouble(Double::doubleValue)
                .toArray();
        double low = 0;
        double high = 0;
        for (final double value : values) {
            low = Math.min(low, value);
            high = Math.max(high, value);
        }
        if (low == high) {
            high = 1;
        }
        final StringBuilder out = new StringBuilder();
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"t1b\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>",
                WIDTH,
                HEIGHT,
                Escaped.text(title));
        out.append(STYLE);
        line(out, "<text class=\"title\" x=\"%d\" y=\"18\">%s</text>", LEFT, Escaped.text(title));
        for (final double value : new double[] {low, 0, high}) {
            final double y = y(value, low, high);
            line(out, "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>", LEFT, WIDTH - RIGHT, y, y);
            line(
                    out,
                    "<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>",
                    LEFT - 6,
                    y + 4,
                    String.format(Locale.ROOT, "%.3g", value));
        }
        bars(out, low, high);
        return out.append("</svg>\n").toString();
    }

    private void bars(final StringBuilder out, final double low, final double high) {
        final double cell = (WIDTH - LEFT - RIGHT) / (double) bars.size();
        final double zero = y(0, low, high);
        double most = 0;
        for (final Bar bar : bars) {
            most = Math.max(most, Double.isNaN(bar.share()) ? 0 : bar.share());
        }
        for (int i = 0; i < bars.size(); i++) {
            final Bar bar = bars.get(i);
            final double x = LEFT + (i + GAP / 2) * cell;
            final double width = cell * (1 - GAP);
            final double y = y(bar.value(), low, high);
            line(
                    out,
                    "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--s0)\"><title>%s: %.4g</title></rect>",
                    x,
                    Math.min(y, zero),
                    width,
                    Math.abs(y - zero),
                    Escaped.text(bar.category()),
                    bar.value());
            if (most > 0 && bar.share() > 0) {
                final double height = bar.share() / most * (GROUND - FLOOR - 8);
                line(
                        out,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--mass)\"/>",
                        x,
                        GROUND - height,
                        width,
                        height);
            }
            if (!dots.isEmpty()) {
                line(
                        out,
                        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"2.5\" fill=\"var(--s1)\"/>",
                        x + width / 2,
                        y(dots.get(i), low, high));
            }
            final String label = bar.category().length() <= MOST_LETTERS
                    ? bar.category()
                    : bar.category().substring(0, MOST_LETTERS - 1) + "…";
            line(
                    out,
                    "<text transform=\"translate(%.1f %d) rotate(-55)\" text-anchor=\"end\">%s</text>",
                    x + width / 2 + 4,
                    GROUND + 12,
                    Escaped.text(label));
        }
    }

    private static double y(final double value, final double low, final double high) {
        return FLOOR - (value - low) / (high - low) * (FLOOR - TOP);
    }

    private static void line(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

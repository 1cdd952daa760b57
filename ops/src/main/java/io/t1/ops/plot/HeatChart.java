package io.t1.ops.plot;

import java.util.List;
import java.util.Locale;

/**
 * Values over two quantities as a grid of cells, the first quantity upwards and the second to the right: below 0 in one
 * colour, above it in another, the deeper the further, as SVG that is read on light and dark pages alike.
 *
 * @param title for those who can't see it, names of both quantities included.
 * @param heading a short line above: the axes name the quantities.
 * @param up the first quantity.
 * @param right the second quantity.
 * @param values {@code [first][second]}, finite.
 */
public record HeatChart(String title, String heading, Axis up, Axis right, List<List<Double>> values) {
    private static final int WIDTH = 380;
    private static final int LEFT = 58;
    private static final int RIGHT = 10;
    private static final int TOP = 30;
    private static final int FLOOR = 228;
    private static final int HEIGHT = 286;
    private static final String STYLE = """
            <style>
            .t1h{--ink:#1f2328;--soft:#59636e;--grid:#d8dee4;--s0:#0b62c4;--s1:#c2410c}
            @media (prefers-color-scheme:dark){.t1h{--ink:#f0f3f6;--soft:#b0b9c3;--grid:#3a424b;--s0:#6cb0ff;--s1:#ff9f68}}
            .t1h text{font:11px system-ui,-apple-system,"Segoe UI",sans-serif;fill:var(--soft)}
            .t1h .title{font-size:13px;font-weight:600;fill:var(--ink)}
            .t1h .below{fill:var(--s0)}.t1h .above{fill:var(--s1)}.t1h rect{stroke:var(--grid);stroke-width:.5}
            </style>
            """;

    /**
     * A quantity.
     *
     * @param name with its unit.
     * @param least what the first cells stand for; empty for nothing to tell.
     * @param most what the last ones do.
     */
    public record Axis(String name, String least, String most) {}

    /** Draws it. */
    public String svg() {
        final StringBuilder out = new StringBuilder();
        double least = 0;
        double most = 0;
        for (final List<Double> row : values) {
            for (final double value : row) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"t1h\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>",
                WIDTH,
                HEIGHT,
                Escaped.text(title));
        out.append(STYLE);
        line(out, "<text class=\"title\" x=\"%d\" y=\"18\">%s</text>", LEFT, Escaped.text(heading));
        final double deepest = Math.max(-least, most);
        for (int i = 0; i < values.size(); i++) {
            for (int j = 0; j < values.get(i).size(); j++) {
                cell(out, i, j, deepest);
            }
        }
        line(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 6, FLOOR, Escaped.text(up.least));
        line(out, "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>", LEFT - 6, TOP + 9, Escaped.text(up.most));
        line(
                out,
                "<text transform=\"translate(%d %d) rotate(-90)\" text-anchor=\"middle\">%s</text>",
                LEFT - 36,
                (TOP + FLOOR) / 2,
                Escaped.text(up.name));
        line(out, "<text x=\"%d\" y=\"%d\">%s</text>", LEFT, FLOOR + 15, Escaped.text(right.least));
        line(
                out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                WIDTH - RIGHT,
                FLOOR + 15,
                Escaped.text(right.most));
        line(
                out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\">%s</text>",
                (LEFT + WIDTH - RIGHT) / 2,
                FLOOR + 29,
                Escaped.text(right.name));
        line(
                out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"middle\"><tspan class=\"below\">%s at least</tspan>,"
                        + " <tspan class=\"above\">%s at most</tspan></text>",
                (LEFT + WIDTH - RIGHT) / 2,
                FLOOR + 47,
                number(least),
                number(most));
        return out.append("</svg>\n").toString();
    }

    private void cell(final StringBuilder out, final int i, final int j, final double deepest) {
        final double height = (double) (FLOOR - TOP) / values.size();
        final double width = (double) (WIDTH - RIGHT - LEFT) / values.get(i).size();
        final double value = values.get(i).get(j);
        line(
                out,
                "<rect class=\"%s\" fill-opacity=\"%.3f\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\">"
                        + "<title>%s</title></rect>",
                value < 0 ? "below" : "above",
                deepest == 0 ? 0 : Math.abs(value) / deepest,
                LEFT + j * width,
                FLOOR - (i + 1) * height,
                width,
                height,
                number(value));
    }

    private static String number(final double value) {
        return value == 0 ? "0" : String.format(Locale.ROOT, "%+.3g", value);
    }

    private static void line(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

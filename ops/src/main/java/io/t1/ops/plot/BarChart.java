package io.t1.ops.plot;

import java.util.List;
import java.util.Locale;

/**
 * Shares of cells side by side, as SVG for a page that sets the colours {@code --s0}, {@code --s1}, {@code --grid} and
 * {@code --soft}.
 *
 * @param title for those who can't see it.
 * @param first the label under the first cell.
 * @param last the label under the last cell.
 * @param series one or two, of as many shares each, 0 to 1.
 */
public record BarChart(String title, String first, String last, List<List<Double>> series) {
    private static final int WIDTH = 360;
    private static final int HEIGHT = 120;
    private static final int FOOT = 18;
    private static final double GAP = 0.2;

    /** Draws it. */
    public String svg() {
        final StringBuilder out = new StringBuilder();
        final double most = series.stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        final int cells = series.getFirst().size();
        final double cell = WIDTH / (double) cells;
        final double bar = cell * (1 - GAP) / series.size();
        line(
                out,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\"><title>%s</title>",
                WIDTH,
                HEIGHT + FOOT,
                Escaped.text(title));
        line(out, "<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"var(--grid)\"/>", HEIGHT, WIDTH, HEIGHT);
        for (int s = 0; s < series.size(); s++) {
            for (int c = 0; c < cells; c++) {
                final double height = most == 0 ? 0 : series.get(s).get(c) / most * (HEIGHT - 4);
                line(
                        out,
                        "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(--s%d)\"/>",
                        c * cell + s * bar,
                        HEIGHT - height,
                        bar,
                        height,
                        s);
            }
        }
        line(out, "<text x=\"0\" y=\"%d\">%s</text>", HEIGHT + FOOT - 4, Escaped.text(first));
        line(
                out,
                "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>",
                WIDTH,
                HEIGHT + FOOT - 4,
                Escaped.text(last));
        return out.append("</svg>\n").toString();
    }

    private static void line(final StringBuilder out, final String format, final Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append('\n');
    }
}

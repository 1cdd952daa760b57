package io.t1.bench.report;

import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.ResultTable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The page: what stands between its two markers is written anew, what people wrote around them stays. */
final class ReportPage {
    static final String BEGIN = "<!-- written by t1 bench report: change nothing from here -->";
    static final String END = "<!-- to here -->";

    private ReportPage() {}

    /** Writes it. */
    static void write(final Path page, final Machine machine, final List<BenchResult> results, final List<Plot> plots)
            throws IOException {
        final String before =
                Files.exists(page) ? Files.readString(page) : "# Benchmarks\n\n" + BEGIN + "\n" + END + "\n";
        Files.write(page, replaced(before, generated(machine, results, plots)).getBytes(StandardCharsets.UTF_8));
    }

    /** A page with its part between the markers replaced. */
    static String replaced(final String page, final String generated) {
        final int begin = page.indexOf(BEGIN);
        final int end = page.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IllegalArgumentException("the page lacks its markers \"" + BEGIN + "\" and \"" + END + "\"");
        }
        return page.substring(0, begin + BEGIN.length()) + "\n\n" + generated + "\n" + page.substring(end);
    }

    private static String generated(final Machine machine, final List<BenchResult> results, final List<Plot> plots) {
        final StringBuilder text = new StringBuilder("## Machine\n\n")
                .append(machine.markdown())
                .append(
                        "\n\n## Rows\n\nMedians; the runs' least and most stand beside. Ratios travel, nanoseconds don't.\n\n")
                .append("| row | value | reference | ratio | reach | met |\n|---|---|---|---|---|---|\n");
        for (final BenchResult result : results) {
            text.append("| `")
                    .append(result.name())
                    .append("` | ")
                    .append(result.value() == null ? "-" : ResultTable.text(result.value()) + " " + result.unit())
                    .append(" | ")
                    .append(result.referenceValue() == null ? "" : ResultTable.text(result.referenceValue()) + " ")
                    .append(result.reference().equals("none") ? "" : result.reference())
                    .append(" | ")
                    .append(ResultTable.text(result.ratio()))
                    .append(" | ")
                    .append(result.reach())
                    .append(" | ")
                    .append(ResultTable.verdict(result))
                    .append(" |\n");
        }
        text.append("\nSpread, and what was noted:\n\n");
        for (final BenchResult result : results) {
            text.append("- `").append(result.name()).append("`: ").append(result.spread());
            result.notes().forEach(note -> text.append("; ").append(note));
            text.append('\n');
        }
        text.append("\n## Curves\n");
        for (final Plot plot : plots) {
            text.append("\n![")
                    .append(plot.title())
                    .append("](")
                    .append(plot.name())
                    .append(".svg)\n");
        }
        return text.toString();
    }
}

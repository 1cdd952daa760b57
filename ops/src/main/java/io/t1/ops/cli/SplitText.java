package io.t1.ops.cli;

import io.t1.ops.distil.SplitReport;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints whether tables of their own pay for slices. */
final class SplitText {
    private static final double POINTS = 100;

    private SplitText() {}

    static void print(final PrintWriter out, final SplitReport report) {
        out.println("tables by " + report.by()
                + " against one for all, under the same budget over all queries, in points of" + " nDCG:");
        final TextTable table = new TextTable("slice", "queries", "gain over its own", "at least", "");
        for (final SplitReport.Slice slice : report.slices()) {
            table.row(
                    slice.name(),
                    String.format(Locale.ROOT, "%,d", slice.queries()),
                    slice.gain() == null ? "" : signed(slice.gain().estimate()),
                    slice.gain() == null ? "" : signed(slice.gain().lowerBound()),
                    slice.reason());
        }
        table.print(out);
        if (report.gain() == null || report.spending() == null) {
            out.println("split: no slice has queries enough, the table is one for all");
            return;
        }
        out.println(String.format(
                Locale.ROOT,
                "split: %s over all queries, at least %s, for %.3f ms beside %.3f: %s",
                signed(report.gain().estimate()),
                signed(report.gain().lowerBound()),
                report.spending().costMs(),
                report.oneTableCostMs(),
                report.pays() ? "it pays" : "not shown to pay, the table is one for all"));
        if (report.pays()) {
            out.println("with it: " + report.noRegret());
        }
    }

    private static String signed(final double ndcg) {
        return String.format(Locale.ROOT, "%+.3f", POINTS * ndcg);
    }
}

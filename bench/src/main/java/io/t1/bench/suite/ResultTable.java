package io.t1.bench.suite;

import io.t1.ops.cli.TextTable;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results for people. */
public final class ResultTable {
    private ResultTable() {}

    /** Prints them in columns, then their spread and notes. */
    public static void print(final List<BenchResult> results, final PrintWriter out) {
        final TextTable table = new TextTable("name", "value", "unit", "reference value", "ratio", "reach", "met");
        for (final BenchResult result : results) {
            table.row(
                    result.name(),
                    text(result.value()),
                    result.unit(),
                    text(result.referenceValue()),
                    text(result.ratio()),
                    result.reach(),
                    verdict(result));
        }
        table.print(out);
        out.println();
        for (final BenchResult result : results) {
            out.println(result.name() + ": " + (result.spread().isEmpty() ? "" : result.spread() + "; ") + "reference: "
                    + result.reference());
            result.notes().forEach(note -> out.println("  " + note));
        }
    }

    /** A number, or a dash for none. */
    public static String text(final @Nullable Double value) {
        return value == null ? "-" : Numbers.text(value);
    }

    /** Yes, no, or a dash where it could not be told. */
    public static String verdict(final BenchResult result) {
        final Boolean met = result.met();
        return met == null ? "-" : met ? "yes" : "no";
    }
}

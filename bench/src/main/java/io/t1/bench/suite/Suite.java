package io.t1.bench.suite;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Runs rows one after the other.
 *
 * @param effort how long each may take.
 * @param home the checkout, whose C references are used.
 * @param progress hears how far it has come.
 */
public record Suite(Effort effort, Path home, PrintWriter progress) {
    private static final int QUICK_SECONDS = 150;
    private static final int FULL_SECONDS = 1_200;
    private static final double NS_PER_SECOND = 1e9;

    /** Hears what each row gave, as soon as it has. */
    @FunctionalInterface
    public interface Listener {
        /** @param results of {@code row}. */
        void measured(BenchRow row, List<BenchResult> results) throws IOException;
    }

    /** Runs these rows; one that fails is there with the reason, and the others still run. */
    public List<BenchResult> run(final List<BenchRow> rows) throws InterruptedException {
        return run(rows, (row, measured) -> {});
    }

    /** The same; a listener that fails is the row's failure. */
    public List<BenchResult> run(final List<BenchRow> rows, final Listener listener) throws InterruptedException {
        final List<BenchResult> results = new ArrayList<>();
        final long begun = System.nanoTime();
        for (int i = 0; i < rows.size(); i++) {
            final BenchRow row = rows.get(i);
            progress.println(
                    String.format(Locale.ROOT, "[%d/%d, %.0f s] %s", i + 1, rows.size(), seconds(begun), row.title()));
            try {
                final int most = effort.equals(Effort.FULL) ? FULL_SECONDS : QUICK_SECONDS;
                final List<BenchResult> measured = RowProcess.run(row, effort, home, most, progress);
                listener.measured(row, measured);
                results.addAll(measured);
            } catch (final IOException | RuntimeException e) {
                progress.println("  failed: " + e.getMessage());
                results.add(new BenchResult(
                        row.name(), null, "", "failed: " + e.getMessage(), null, null, "", false, "", List.of()));
            }
        }
        progress.println(String.format(Locale.ROOT, "%d rows in %.0f s", rows.size(), seconds(begun)));
        return results;
    }

    private static double seconds(final long begun) {
        return (System.nanoTime() - begun) / NS_PER_SECOND;
    }
}

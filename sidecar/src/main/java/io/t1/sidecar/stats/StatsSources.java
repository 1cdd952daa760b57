package io.t1.sidecar.stats;

import io.t1.sidecar.journal.JournalCounters;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * What the rest of the server tells when a snapshot is taken. Each is called on the thread that takes it, so it must be
 * safe from any thread and quick.
 *
 * @param tables every stored table.
 * @param tableOffheapBytes what all laid-out tables hold off-heap.
 * @param readiness whether traffic may come.
 * @param journal the journal's counters.
 */
public record StatsSources(
        Supplier<List<TableRow>> tables,
        LongSupplier tableOffheapBytes,
        Supplier<Readiness> readiness,
        Supplier<JournalCounters> journal) {
    /** What is told until the server has its parts. */
    public static final StatsSources STARTING =
            new StatsSources(List::of, () -> 0, () -> new Readiness.NotReady("starting"), () -> JournalCounters.OFF);
}

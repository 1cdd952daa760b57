package io.t1.bench.rows;

import io.t1.bench.load.Waiting;
import io.t1.bench.suite.BenchRow;
import java.util.List;

/** Every row, in the order in which it is printed. */
public final class Rows {
    /** All of them. */
    public static final List<BenchRow> ALL = List.of(
            new KernelRow(),
            new DecideRow(),
            new TreesRow(),
            new UnixSocketRow(Waiting.BLOCKING),
            new UnixSocketRow(Waiting.SPINNING),
            new SharedMemoryRow(),
            new PipelinedRow(),
            new AeronRow(),
            new BatchRow(),
            new RecordingRow(),
            new ReloadRow(),
            new RollbackRow(),
            new StartRow(),
            new MemoryRow());

    private Rows() {}

    /** A row by its name. */
    public static BenchRow named(final String name) {
        return ALL.stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no row " + name));
    }
}

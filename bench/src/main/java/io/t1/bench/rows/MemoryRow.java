package io.t1.bench.rows;

import io.t1.bench.start.LaunchedServer;
import io.t1.bench.start.MemoryMeasurement;
import io.t1.bench.start.ResidentMemory;
import io.t1.bench.start.TableMemory;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.router.RouterTable;
import java.util.List;

/** Bytes of a table, and of a server with a thousand. */
final class MemoryRow implements BenchRow {
    private static final Reach IMAGE = new Reach.AtMost(1_024, "bytes");
    private static final Reach SERVER = new Reach.AtMost(96, "MiB");
    private static final int TABLES = 1_000;
    /** What only the start needed is collected and given back meanwhile: after 7 to 9 s, and after 10. */
    private static final int SETTLE_SECONDS = 12;

    private static final double KIB_PER_MIB = 1_024;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String title() {
        return "bytes of a table's image, and of a server with 1,000 tables";
    }

    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final double image;
        try (RouterTable table = RouterTable.of(RandomTable.standard())) {
            image = table.imageBytes();
        }
        final TableMemory memory =
                new MemoryMeasurement(LaunchedServer.launcher(), run.folder("m")).run(TABLES, SETTLE_SECONDS);
        BenchResult server =
                BenchResult.alone("memory-server", "MiB", Figure.of(memory.all().totalKib() / KIB_PER_MIB), SERVER);
        for (final ResidentMemory look : List.of(memory.one(), memory.all())) {
            server = server.with(look.when() + ": " + Math.round(look.totalKib() / KIB_PER_MIB) + " MiB, anonymous "
                    + Math.round(look.anonymousKib() / KIB_PER_MIB) + ", of files "
                    + Math.round(look.fileKib() / KIB_PER_MIB));
        }
        server = server.with("each further table " + memory.bytesPerTable() + " bytes");
        return List.of(BenchResult.alone("memory-image", "bytes", Figure.of(image), IMAGE), server);
    }
}

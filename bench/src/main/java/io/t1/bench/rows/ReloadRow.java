package io.t1.bench.rows;

import io.t1.bench.reload.ReloadEffect;
import io.t1.bench.reload.ReloadMeasurement;
import io.t1.bench.start.LaunchedServer;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import java.util.List;

/** p99.9 under load with 100 hot reloads a second, beside the same load without. */
final class ReloadRow implements BenchRow {
    private static final Reach REACH = new Reach.AtMostTimes(1.1);
    private static final int RATE = 5_000;
    private static final double NS_PER_US = 1e3;
    private static final long NS_PER_MS = 1_000_000;

    @Override
    public String name() {
        return "reload";
    }

    @Override
    public String title() {
        return "p99.9 at 5,000 requests a second with 100 hot reloads a second";
    }

    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final List<ReloadEffect> pairs = new ReloadMeasurement(
                        LaunchedServer.launcher(),
                        run.folder("h"),
                        RATE,
                        2L * run.effort().runMs() * NS_PER_MS)
                .run(run.effort().runs());
        return List.of(BenchResult.against(
                        "reload-p99.9",
                        "us",
                        new Figure(pairs.stream()
                                .map(pair -> pair.changingP999Ns() / NS_PER_US)
                                .toList()),
                        "the same load without reloads, in turns",
                        new Figure(pairs.stream()
                                .map(pair -> pair.quietP999Ns() / NS_PER_US)
                                .toList()),
                        REACH)
                .with("reloads made a second: "
                        + new Figure(pairs.stream()
                                        .map(ReloadEffect::changesPerSecond)
                                        .toList())
                                .spread()));
    }
}

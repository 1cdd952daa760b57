package io.t1.bench.rows;

import io.t1.bench.start.LaunchedServer;
import io.t1.bench.start.StartMeasurement;
import io.t1.bench.start.StartRun;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** From the launcher's start to the first decision, and how the first second compares with a warm one. */
final class StartRow implements BenchRow {
    private static final Reach FIRST = new Reach.AtMost(500, "ms");
    private static final Reach SECOND = new Reach.AtMostTimes(3);
    private static final double NS_PER_MS = 1e6;
    private static final double NS_PER_US = 1e3;

    @Override
    public String name() {
        return "start";
    }

    @Override
    public String title() {
        return "start of a server with a stored table, by the launcher, with the AOT cache";
    }

    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final StartRun starts = new StartMeasurement(LaunchedServer.launcher(), run.folder("s"))
                .run(
                        run.effort().runs(),
                        StartMeasurement.STEADY_AFTER_NS,
                        run.effort().runs());
        return List.of(
                BenchResult.alone(
                        "start-first-decision",
                        "ms",
                        figure(starts.starts(), start -> start.firstDecisionNs() / NS_PER_MS),
                        FIRST),
                BenchResult.against(
                        "start-first-second-p99",
                        "us",
                        figure(starts.starts(), start -> start.firstSecond().p99Ns() / NS_PER_US),
                        "seconds of the last server once warm, 2,000 requests a second both times",
                        figure(starts.steady(), second -> second.p99Ns() / NS_PER_US),
                        SECOND));
    }

    private static <T> Figure figure(final List<T> runs, final ToDoubleFunction<T> of) {
        return new Figure(runs.stream().map(each -> of.applyAsDouble(each)).toList());
    }
}

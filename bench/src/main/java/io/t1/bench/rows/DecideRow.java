package io.t1.bench.rows;

import io.t1.bench.OneDecisionBenchmark;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Reach;
import java.util.List;
import java.util.Map;

/** One decision in process: float32 features in, arm out. */
final class DecideRow implements BenchRow {
    private static final Reach REACH = new Reach.AtMost(60, "ns");

    @Override
    public String name() {
        return "decide";
    }

    @Override
    public String title() {
        return "one query in process (Decider), float32 features in, arm out";
    }

    /** So that the JIT compiles beside what is measured. */
    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        return List.of(line(run, 4), line(run, 5));
    }

    private static BenchResult line(final BenchRun run, final int outputs) throws Exception {
        return BenchResult.alone(
                "decide-" + outputs + "-outputs",
                "ns",
                JmhForks.ns(
                        run,
                        JmhForks.Pace.OURS,
                        OneDecisionBenchmark.class,
                        "decide",
                        Map.of("features", "8", "outputs", Integer.toString(outputs), "pairs", "0")),
                REACH);
    }
}

package io.t1.bench.rows;

import io.t1.bench.micro.KernelBenchmark;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Effort;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Reach;
import io.t1.bench.suite.Unavailable;
import io.t1.router.KernelKind;
import io.t1.router.RouterTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The batch kernel of the Vector API, beside AVX2 in C on the same table and the same codes. */
final class KernelRow implements BenchRow {
    private static final Reach REACH = new Reach.AtMostTimes(1.5);
    private static final int FEATURES = 8;
    private static final int QUERIES = 4_096;

    @Override
    public String name() {
        return "kernel";
    }

    @Override
    public String title() {
        return "batch kernel, Vector API, 4,096 queries, codes in, beside AVX2 in C";
    }

    /** So that the JIT compiles beside what is measured. */
    @Override
    public Placement placement() {
        return Placement.ANYWHERE;
    }

    @Override
    public List<BenchResult> measure(final BenchRun run) throws Exception {
        final List<BenchResult> results = new ArrayList<>();
        for (final int outputs : new int[] {4, 5}) {
            results.add(line(run, outputs));
        }
        return results;
    }

    private static BenchResult line(final BenchRun run, final int outputs) throws Exception {
        final String name = "kernel-" + outputs + "-outputs";
        if (!KernelKind.VECTOR.available()) {
            return BenchResult.skipped(name, "ns", REACH, "this JVM has no Vector API");
        }
        final Figure inC;
        try {
            inC = inC(run, outputs);
        } catch (final Unavailable e) {
            return BenchResult.skipped(name, "ns", REACH, e.what());
        }
        final Figure ours = JmhForks.ns(
                        run,
                        JmhForks.Pace.OURS,
                        KernelBenchmark.class,
                        "accumulate",
                        Map.of(
                                "kernel", KernelKind.VECTOR.name(),
                                "queries", Integer.toString(QUERIES),
                                "features", Integer.toString(FEATURES),
                                "outputs", Integer.toString(outputs),
                                "pairs", "0"))
                .dividedBy(QUERIES);
        return BenchResult.against(name, "ns", ours, "AVX2 in C, the fastest of its variants (kernel.c)", inC, REACH)
                .with("accumulators equal bit for bit");
    }

    private static Figure inC(final BenchRun run, final int outputs) throws Exception {
        final int rounds = run.effort().equals(Effort.FULL) ? 101 : 25;
        final List<Double> runs = new ArrayList<>();
        try (RouterTable table = RouterTable.of(KernelBenchmark.artifact(FEATURES, outputs, 0))) {
            final KernelReference reference =
                    KernelReference.of(run.natives(), run.folder("kernel" + outputs), table, QUERIES);
            for (int i = 0; i < run.effort().runs(); i++) {
                runs.add(reference.nsPerDecision(run.cores(), rounds));
            }
            reference.requireEqual(KernelKind.VECTOR.bind(table));
        }
        return new Figure(runs);
    }
}

package io.t1.bench.rows;

import io.t1.bench.load.LoadContext;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Runs a load as often as the effort asks for, after one run that warms it up. */
final class Throughput {
    private static final long NS_PER_MS = 1_000_000;

    private Throughput() {}

    /** One load. */
    interface Load {
        double perSecond(LoadContext context) throws Exception;
    }

    static Figure of(final BenchRun run, final Load load, final Supplier<LoadContext> contexts) throws Exception {
        final var _ =
                load.perSecond(contexts.get().warmupNs(0).measureNs(run.effort().warmupMs() * NS_PER_MS));
        final List<Double> runs = new ArrayList<>();
        for (int i = 0; i < run.effort().runs(); i++) {
            runs.add(load.perSecond(contexts.get()
                    .warmupNs(run.effort().runMs() * NS_PER_MS / 10)
                    .measureNs(run.effort().runMs() * NS_PER_MS)));
        }
        return new Figure(runs);
    }
}

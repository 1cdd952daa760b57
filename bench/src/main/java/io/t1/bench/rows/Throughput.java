package io.t1.bench.rows;

import io.t1.bench.load.LoadContext;
import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Runs a load as often as the effort asks for, once the server is warm: a compiler that shares its one processor with the
 * event loop needs several seconds for what is asked of it here, and takes half of the processor meanwhile.
 */
final class Throughput {
    private static final long NS_PER_MS = 1_000_000;
    /** A rate that is higher than any before by this has risen; less is noise. */
    private static final double RISE = 1.05;
    /** A compilation may take a second in which the rate doesn't rise. */
    private static final int FLAT_RUNS = 3;

    private Throughput() {}

    /** One load. */
    interface Load {
        double perSecond(LoadContext context) throws Exception;
    }

    static Figure of(final BenchRun run, final Load load, final Supplier<LoadContext> contexts) throws Exception {
        warmUp(run, load, contexts);
        final List<Double> runs = new ArrayList<>();
        for (int i = 0; i < run.effort().runs(); i++) {
            runs.add(load.perSecond(contexts.get()
                    .warmupNs(run.effort().runMs() * NS_PER_MS / 10)
                    .measureNs(run.effort().runMs() * NS_PER_MS)));
        }
        return new Figure(runs);
    }

    /** Runs it until the rate has stopped rising, or for the most that the effort spends on it. */
    private static void warmUp(final BenchRun run, final Load load, final Supplier<LoadContext> contexts)
            throws Exception {
        final long begun = System.nanoTime();
        double best = 0;
        int flat = 0;
        long elapsedMs = 0;
        while (flat < FLAT_RUNS && elapsedMs < run.effort().mostWarmupMs()) {
            final double rate = load.perSecond(
                    contexts.get().warmupNs(0).measureNs(run.effort().runMs() * NS_PER_MS));
            flat = rate > RISE * best ? 0 : flat + 1;
            best = Math.max(best, rate);
            elapsedMs = (System.nanoTime() - begun) / NS_PER_MS;
        }
    }
}

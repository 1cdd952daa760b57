package io.t1.bench.rows;

import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Effort;
import io.t1.bench.suite.Figure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Runs a JMH benchmark, each fork a run. */
final class JmhForks {
    private JmhForks() {}

    /**
     * How long a quick fork takes.
     *
     * @param warmupMs of each of three iterations; C2 must have compiled all of it by then, intrinsics of vectors too.
     * @param measureMs of each of three iterations.
     */
    record Pace(int warmupMs, int measureMs) {
        /** Code of the nanoseconds that C2 writes. */
        static final Pace OURS = new Pace(450, 200);
        /** Code of the microseconds, most of it compiled ahead. */
        static final Pace LIBRARY = new Pace(200, 100);
    }

    /** Nanoseconds an operation, a figure a fork. */
    static Figure ns(
            final BenchRun run,
            final Pace pace,
            final Class<?> benchmark,
            final String method,
            final Map<String, String> parameters)
            throws RunnerException {
        return ns(run, pace, run.effort().runs(), benchmark, method, parameters);
    }

    /** The same with so many forks. */
    static Figure ns(
            final BenchRun run,
            final Pace pace,
            final int forks,
            final Class<?> benchmark,
            final String method,
            final Map<String, String> parameters)
            throws RunnerException {
        final boolean quick = !run.effort().equals(Effort.FULL);
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(forks)
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(quick ? pace.warmupMs() : 1_000))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(quick ? pace.measureMs() : 1_000))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        parameters.forEach(options::param);
        final Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            throw new IllegalStateException(
                    "benchmarks=" + results.size() + " match " + benchmark.getSimpleName() + "." + method);
        }
        final List<Double> scores = results.iterator().next().getBenchmarkResults().stream()
                .map(fork -> fork.getPrimaryResult().getScore())
                .toList();
        return new Figure(scores);
    }
}

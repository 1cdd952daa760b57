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

    /** Nanoseconds an operation, a figure a fork. */
    static Figure ns(
            final BenchRun run, final Class<?> benchmark, final String method, final Map<String, String> parameters)
            throws RunnerException {
        final boolean quick = !run.effort().equals(Effort.FULL);
        final ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$")
                .forks(run.effort().runs())
                .warmupIterations(3)
                .warmupTime(TimeValue.milliseconds(quick ? 300 : 1_000))
                .measurementIterations(3)
                .measurementTime(TimeValue.milliseconds(quick ? 200 : 1_000))
                .verbosity(VerboseMode.SILENT)
                .shouldFailOnError(true);
        parameters.forEach(options::param);
        final Collection<RunResult> results = new Runner(options.build()).run();
        if (results.size() != 1) {
            throw new IllegalStateException(
                    "benchmarks=" + results.size() + " match " + benchmark.getSimpleName() + "." + method);
        }
        final List<Double> forks = results.iterator().next().getBenchmarkResults().stream()
                .map(fork -> fork.getPrimaryResult().getScore())
                .toList();
        return new Figure(forks);
    }
}

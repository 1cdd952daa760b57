package io.t1.bench.report;

import io.t1.bench.suite.BenchRun;
import java.util.List;

/** Measures what is plotted. Runs in a JVM of its own, pinned to the clients' processor. */
interface Curve {
    /** Unique, in kebab case. */
    String name();

    /** What it shows, in a line. */
    String title();

    /** Measures. */
    List<Plot> measure(BenchRun run) throws Exception;
}

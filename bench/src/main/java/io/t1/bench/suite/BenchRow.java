package io.t1.bench.suite;

import java.util.List;

/** One question of the benchmark table. Runs in a JVM of its own, pinned to the clients' processor. */
public interface BenchRow {
    /** Unique, short, in kebab case; {@code --only} takes it. */
    String name();

    /** What it measures, in a line. */
    String title();

    /**
     * Measures.
     *
     * @return its lines, in order; one that can't be measured here is there as skipped.
     */
    List<BenchResult> measure(BenchRun run) throws Exception;
}

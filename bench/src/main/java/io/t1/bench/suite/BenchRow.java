package io.t1.bench.suite;

import java.util.List;

/** One question of the benchmark table. Runs in a JVM of its own. */
public interface BenchRow {
    /** Unique, short, in kebab case; {@code --only} takes it. */
    String name();

    /** What it measures, in a line. */
    String title();

    /** Where its JVM runs. */
    default Placement placement() {
        return Placement.CLIENTS;
    }

    /** Where a JVM runs. */
    enum Placement {
        /** On the clients' processor; what it starts is pinned by itself. */
        CLIENTS,
        /** Wherever the system puts it, and so does what it starts. */
        ANYWHERE
    }

    /**
     * Measures.
     *
     * @return its lines, in order; one that can't be measured here is there as skipped.
     */
    List<BenchResult> measure(BenchRun run) throws Exception;
}

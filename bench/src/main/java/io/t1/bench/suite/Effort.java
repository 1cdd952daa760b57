package io.t1.bench.suite;

import java.util.stream.Stream;

/**
 * How long measuring may take.
 *
 * @param name of it, in logs and arguments.
 * @param runs of everything whose median is quoted.
 * @param warmupMs of load before the first run, since a JVM compiles what it runs.
 * @param runMs of load in a run.
 */
public record Effort(String name, int runs, int warmupMs, int runMs) {
    /** All rows in under six minutes. */
    public static final Effort QUICK = new Effort("quick", 5, 2_500, 500);
    /** For the report. */
    public static final Effort FULL = new Effort("full", 9, 8_000, 2_000);

    /** Whether it runs at all. */
    public static final Effort SMOKE = new Effort("smoke", 2, 100, 50);

    /** By its name. */
    public static Effort of(final String name) {
        return Stream.of(SMOKE, QUICK, FULL)
                .filter(effort -> effort.name.equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no effort " + name));
    }

    /** Of load before the first run, in milliseconds, where rates keep rising. */
    public int mostWarmupMs() {
        return warmupMs * 12 / 5;
    }
}

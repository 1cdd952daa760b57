package io.t1.bench.suite;

/**
 * How long measuring may take.
 *
 * @param runs of everything whose median is quoted.
 * @param warmupMs of load before the first run, since a JVM compiles what it runs.
 * @param runMs of load in a run.
 */
public record Effort(String name, int runs, int warmupMs, int runMs) {
    /** All rows in under six minutes. */
    public static final Effort QUICK = new Effort("quick", 5, 2_000, 700);
    /** For the report. */
    public static final Effort FULL = new Effort("full", 9, 5_000, 3_000);

    /** By its name. */
    public static Effort of(final String name) {
        return name.equals(QUICK.name) ? QUICK : FULL;
    }
}

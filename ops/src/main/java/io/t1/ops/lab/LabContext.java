package io.t1.ops.lab;

import io.t1.ops.BadInputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a lab is made of: set, then {@link #conclude()}d, which checks it.
 *
 * <p>Threading: one thread until concluded.
 */
public final class LabContext {
    /** Methods of the default corpus. */
    public static final int METHODS_DEFAULT = 12_000;
    /** Queries of the default corpus. */
    public static final int QUERIES_DEFAULT = 4_000;
    /** Seeds every choice. */
    public static final long SEED_DEFAULT = 1;
    /** Measurements of each query under each arm. */
    public static final int ROUNDS_DEFAULT = 1;

    private static final int MOST_ROUNDS = 1_000;

    private @Nullable Path corpus;
    private @Nullable Path sources;
    private @Nullable Path cache;
    private int methods = METHODS_DEFAULT;
    private int queries = QUERIES_DEFAULT;
    private long seed = SEED_DEFAULT;
    private int rounds = ROUNDS_DEFAULT;
    private int threads = Math.max(1, Runtime.getRuntime().availableProcessors());

    /** A folder in BEIR's layout; without one, the default corpus. */
    public LabContext corpus(final @Nullable Path folder) {
        this.corpus = folder;
        return this;
    }

    /** Where the default corpus' source jars are; {@code ops/target/corpus} of {@code t1.home} by default. */
    public LabContext sources(final Path folder) {
        this.sources = folder;
        return this;
    }

    /** Where indexes are kept; {@code t1} in {@code XDG_CACHE_HOME} or {@code ~/.cache} by default. */
    public LabContext cache(final @Nullable Path folder) {
        this.cache = folder;
        return this;
    }

    /** How many methods of the default corpus to take, at least 1. */
    public LabContext methods(final int count) {
        this.methods = count;
        return this;
    }

    /** How many queries to take, at least 2; of a BEIR folder too, where it has more. */
    public LabContext queries(final int count) {
        this.queries = count;
        return this;
    }

    /** Seeds every choice: samples, halves, order of arms, logged arms. */
    public LabContext seed(final long value) {
        this.seed = value;
        return this;
    }

    /** How often each query is measured under each arm, 1 to 1,000; the median counts. */
    public LabContext rounds(final int count) {
        this.rounds = count;
        return this;
    }

    /** Threads that read and encode, at least 1. Measuring takes one. */
    public LabContext threads(final int count) {
        this.threads = count;
        return this;
    }

    /**
     * Checks all settings.
     *
     * @throws BadInputException naming the setting, its value and its limit.
     */
    public LabContext conclude() {
        atLeast("--methods", methods, 1);
        atLeast("--queries", queries, 2);
        atLeast("--rounds", rounds, 1);
        atLeast("threads", threads, 1);
        if (rounds > MOST_ROUNDS) {
            throw new BadInputException("--rounds=" + rounds + " > " + MOST_ROUNDS);
        }
        return this;
    }

    private static void atLeast(final String name, final int value, final int least) {
        if (value < least) {
            throw new BadInputException(name + "=" + value + " < " + least);
        }
    }

    public @Nullable Path corpus() {
        return corpus;
    }

    public Path sources() {
        return sources != null
                ? sources
                : Path.of(System.getProperty("t1.home", ""))
                        .resolve("ops")
                        .resolve("target")
                        .resolve("corpus");
    }

    public Path cache() {
        if (cache != null) {
            return cache;
        }
        final String xdg = System.getenv("XDG_CACHE_HOME");
        final Path home =
                xdg == null || xdg.isBlank() ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(xdg);
        return home.resolve("t1");
    }

    public int methods() {
        return methods;
    }

    public int queries() {
        return queries;
    }

    public long seed() {
        return seed;
    }

    public int rounds() {
        return rounds;
    }

    public int threads() {
        return threads;
    }
}

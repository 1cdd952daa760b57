package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.distil.DistilEngine;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What grows the forests, and where. */
public final class EngineOptions {
    private static final int DEFAULT_WORKERS = 2;

    @Option(
            names = "--engine",
            paramLabel = "WHICH",
            defaultValue = "embedded",
            description = "embedded: XGBoost in this process; spark: XGBoost4J-Spark, and some queries are held out"
                    + " whatever their number. Default: ${DEFAULT-VALUE}.")
    private EngineChoice engine;

    @Option(
            names = "--spark-master",
            paramLabel = "MASTER",
            description = "Where Spark works, such as local[2], spark://host:7077 or yarn. Default: its property"
                    + " spark.master, else local[*].")
    private @Nullable String master;

    @Option(
            names = "--spark-workers",
            paramLabel = "N",
            description =
                    "Tasks that a forest is grown by side by side; the same number gives the same bytes. Default: "
                            + DEFAULT_WORKERS + ".")
    private @Nullable Integer workers;

    @Mixin
    private LargeSetOptions largeSets;

    /** Refuses, before anything is read, what can't be done. */
    void check(final SplitOptions split) {
        largeSets.bounds();
        if (split.wanted()) {
            requireEmbedded("--split");
        }
        if (engine == EngineChoice.SPARK) {
            opener();
            place();
        } else if (master != null || workers != null) {
            throw new BadInputException("--spark-master and --spark-workers need --engine spark");
        }
    }

    /** Refuses what this engine isn't made for. */
    void requireEmbedded(final String what) {
        if (engine != EngineChoice.EMBEDDED) {
            throw new BadInputException("--engine " + name()
                    + " learns one table from queries measured under every arm;" + " leave it out for " + what);
        }
    }

    /** Opens it. Closed by the caller. */
    OpenEngine open(final Progress progress) {
        if (engine == EngineChoice.EMBEDDED) {
            return new OpenEngine(null, largeSets.bounds());
        }
        progress.report("starting Spark", 0, 0);
        return new OpenEngine(opener().open(place()), largeSets.bounds());
    }

    private DistilEngine.Place place() {
        final int wanted = workers == null ? DEFAULT_WORKERS : workers;
        if (wanted < 1) {
            throw new BadInputException("--spark-workers=" + wanted + " < 1: say how many tasks");
        }
        return new DistilEngine.Place(Optional.ofNullable(master), wanted);
    }

    private DistilEngine.Opener opener() {
        return DistilEngine.named(name())
                .orElseThrow(() -> new BadInputException("--engine " + name()
                        + ": its classes aren't on the class path; ./t1 fetches them and starts with them"));
    }

    private String name() {
        return engine.name().toLowerCase(Locale.ROOT);
    }
}

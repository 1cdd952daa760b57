package io.t1.ops.cli;

import io.t1.ops.lab.LabContext;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the lab searches and how much of it: the options of every command that opens one. */
final class CorpusOptions {
    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "A folder in BEIR's layout: corpus.jsonl, queries.jsonl, qrels/*.tsv.")
    private @Nullable Path corpus;

    @Option(
            names = "--methods",
            paramLabel = "N",
            defaultValue = "" + LabContext.METHODS_DEFAULT,
            description = "Methods of the default corpus (default: ${DEFAULT-VALUE}).")
    private int methods;

    @Option(
            names = "--queries",
            paramLabel = "N",
            defaultValue = "" + LabContext.QUERIES_DEFAULT,
            description = "Queries to take in all, at most (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + LabContext.SEED_DEFAULT,
            description = "Of every random choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where indexes and encodings are kept (default: $XDG_CACHE_HOME/t1, else ~/.cache/t1).")
    private @Nullable Path cache;

    /** A context with these, not concluded. */
    LabContext context() {
        return new LabContext()
                .corpus(corpus)
                .methods(methods)
                .queries(queries)
                .seed(seed)
                .cache(cache);
    }

    long seed() {
        return seed;
    }
}

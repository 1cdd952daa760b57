package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.demo.Demo;
import io.t1.ops.demo.DemoResult;
import io.t1.ops.lab.LabContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 demo}. */
@Command(
        name = "demo",
        mixinStandardHelpOptions = true,
        description = {
            "Runs the main job on real input: replays half of a corpus's queries, learns a table from them, starts a"
                    + " sidecar, and answers the other half as a live search node that asks it over the socket.",
            "The default corpus is Java methods of well-known libraries, searched by their Javadoc and names."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  t1 demo", "  t1 demo --corpus beir/scifact --budget-mean 0.3 --json"})
final class DemoCommand implements Callable<Integer> {
    @Option(
            names = "--corpus",
            paramLabel = "DIR",
            description = "A folder in BEIR's layout: corpus.jsonl, queries.jsonl, qrels/*.tsv.")
    private @Nullable Path corpus;

    @Option(
            names = "--budget-mean",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Mean extra latency allowed, as a share of always FULL's (default: ${DEFAULT-VALUE}).")
    private double budgetMean;

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
            description = "Queries to take, both halves together (default: ${DEFAULT-VALUE}).")
    private int queries;

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            description = "Where encodings are kept (default: $XDG_CACHE_HOME/t1, else ~/.cache/t1).")
    private @Nullable Path cache;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "" + LabContext.SEED_DEFAULT,
            description = "Of every random choice (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(budgetMean > 0 && budgetMean <= 1)) {
            throw new BadInputException("--budget-mean=" + budgetMean + " not in 0..1 (0 excluded)");
        }
        final LabContext context = new LabContext()
                .corpus(corpus)
                .methods(methods)
                .queries(queries)
                .cache(cache)
                .seed(seed)
                .conclude();
        final Path folder = Files.createTempDirectory("t1-demo");
        final DemoResult result;
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            result = new Demo(context, budgetMean, progress, T1.class.getName()).run(folder);
        } finally {
            delete(folder);
        }
        final DemoReport report = new DemoReport(result);
        if (output.json()) {
            Json.print(spec.commandLine().getOut(), report.json());
        } else {
            report.print(spec.commandLine().getOut());
        }
        return result.decisions().errors() == 0 ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

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
            names = "--budget-mean",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Mean extra latency allowed, as a share of always FULL's (default: ${DEFAULT-VALUE}).")
    private double budgetMean;

    @Mixin
    private CorpusOptions corpus;

    @Mixin
    private OutputOptions output;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!(budgetMean > 0 && budgetMean <= 1)) {
            throw new BadInputException("--budget-mean=" + budgetMean + " not in 0..1 (0 excluded)");
        }
        final LabContext context = corpus.context().conclude();
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

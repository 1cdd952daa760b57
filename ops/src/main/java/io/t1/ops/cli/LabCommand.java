package io.t1.ops.cli;

import io.t1.ops.lab.FrontierMeasurement;
import io.t1.ops.lab.LabContext;
import io.t1.ops.lab.LabReplay;
import io.t1.ops.lab.LabSummary;
import io.t1.ops.lab.LoggingPolicy;
import io.t1.ops.lab.SearchLab;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.search.FusionWeights;
import io.t1.ops.lab.search.SearchNode;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.ObservationWriter;
import io.t1.router.artifact.FrontierPoint;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code t1 lab}. */
@Command(
        name = "lab",
        mixinStandardHelpOptions = true,
        description = {
            "Replays a real search node under every arm and writes what each gained and cost: a row a query and arm,"
                    + " with the first stage's features, nDCG@10 and the latency in microseconds.",
            "",
            "SKIP is BM25; CHEAP encodes the query and fuses the first 20; FULL joins an HNSW search and reranks by"
                    + " late interaction. The default corpus is Java methods of well-known libraries, asked for by"
                    + " their Javadoc and by their names."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 lab --out observations.parquet",
            "  t1 lab --corpus beir/scifact --out scifact.csv.gz --rounds 3",
            "  t1 lab --log uniform --out logged.jsonl"
        })
final class LabCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "What to write: .parquet, .csv, .jsonl or .ndjson, the last three also with .gz or .zst.")
    private Path out;

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "" + LabContext.ROUNDS_DEFAULT,
            description = "Measurements of each query and arm; the median counts (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(
            names = "--log",
            paramLabel = "POLICY",
            description = "Write one row a query, its arm drawn by this policy, with the propensity: uniform, or"
                    + " epsilon=E, which is SKIP but for a share E drawn uniformly.")
    private @Nullable String log;

    @Option(
            names = "--frontier",
            paramLabel = "FILE",
            description = "Also measure configurations of CHEAP and FULL, and write their p95 costs here as JSON, for"
                    + " t1 distil and t1 gate.")
    private @Nullable Path frontier;

    @Mixin
    private CorpusOptions corpus;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        final LoggingPolicy policy = log == null ? null : LoggingPolicy.parse(log);
        final ObservationWriter writer = new ObservationWriter(out);
        final LabContext context = corpus.context().rounds(rounds).conclude();
        try (TerminalProgress progress = TerminalProgress.onStandardError();
                SearchLab lab = SearchLab.open(context, progress);
                SearchNode node = lab.newNode()) {
            final MeasuredQueries measured = new LabReplay(node, rounds, corpus.seed())
                    .measure(lab.corpus().queries(), progress);
            if (policy == null) {
                writer.write(measured);
            } else {
                writer.writeLogged(measured.featureNames(), policy.log(measured, corpus.seed()));
            }
            final List<FrontierPoint> points = measureFrontier(lab, node, progress);
            final Line line = new Line(
                    lab.corpus().name(),
                    lab.corpus().documents().size(),
                    lab.weights(),
                    LabSummary.of(measured),
                    points,
                    out.toString(),
                    log == null ? "all arms" : log);
            print(spec.commandLine().getOut(), line);
        }
        return ExitCode.DONE;
    }

    private List<FrontierPoint> measureFrontier(
            final SearchLab lab, final SearchNode node, final TerminalProgress progress) {
        if (frontier == null) {
            return List.of();
        }
        final List<LabQuery> training = lab.trainingQueries();
        final List<FrontierPoint> points = new FrontierMeasurement(node, corpus.seed())
                .measure(
                        FrontierMeasurement.CONFIGURATIONS,
                        training.isEmpty() ? lab.corpus().queries() : training,
                        progress);
        FrontierOutput.write(frontier, points);
        return points;
    }

    private void print(final PrintWriter console, final Line line) {
        final LabSummary summary = line.summary();
        console.println(String.format(
                Locale.ROOT,
                "%s: %,d documents, %,d queries; wrote %s (%s)",
                line.corpus(),
                line.documents(),
                summary.queries(),
                line.out(),
                line.rows()));
        console.println();
        final TextTable table = new TextTable("slice", "queries", "arm", "nDCG@10", "mean ms", "p95 ms");
        addArms(table, "all queries", new LabSummary.SliceSummary(summary.queries(), summary.arms()));
        if (summary.slices().size() > 1) {
            summary.slices().forEach((name, slice) -> addArms(table, name, slice));
        }
        table.print(console);
        console.println();
        console.println(String.format(
                Locale.ROOT,
                "FULL is better than SKIP on %.1f %% of queries, worse on %.1f %%",
                100 * summary.fullBetter(),
                100 * summary.fullWorse()));
        if (!summary.gainByEntropyQuintile().isEmpty()) {
            final StringBuilder quintiles = new StringBuilder("FULL's mean gain by quintile of entropy:");
            summary.gainByEntropyQuintile()
                    .forEach(gain -> quintiles.append(String.format(Locale.ROOT, " %+.3f", gain)));
            console.println(quintiles);
        }
        for (final FrontierPoint point : line.frontier()) {
            console.println(String.format(
                    Locale.ROOT,
                    "%s with ef %d, topk %d, depth %d: p95 cost %.2f ms",
                    point.arm(),
                    point.ef(),
                    point.topk(),
                    point.rerankDepth(),
                    point.p95CostMs()));
        }
        if (output.json()) {
            Json.print(console, line);
        }
    }

    private static void addArms(final TextTable table, final String name, final LabSummary.SliceSummary slice) {
        slice.arms()
                .forEach((arm, figures) -> table.row(
                        name,
                        String.format(Locale.ROOT, "%,d", slice.queries()),
                        arm.toUpperCase(Locale.ROOT),
                        String.format(Locale.ROOT, "%.4f", figures.ndcg10()),
                        String.format(Locale.ROOT, "%.2f", figures.meanMs()),
                        String.format(Locale.ROOT, "%.2f", figures.p95Ms())));
    }

    /** What {@code --json} prints. */
    private record Line(
            String corpus,
            int documents,
            FusionWeights weights,
            LabSummary summary,
            List<FrontierPoint> frontier,
            String out,
            String rows) {}
}

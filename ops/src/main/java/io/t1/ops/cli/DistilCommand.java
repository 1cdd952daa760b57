package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.distil.DistilReport;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.RouterDistillationConfig;
import io.t1.ops.distil.SplitResult;
import io.t1.ops.distil.TableStatus;
import io.t1.ops.gate.Budget;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.ReadRows;
import io.t1.ops.shapes.ShapesFile;
import io.t1.ops.shapes.TableShapes;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.GateSpec;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 distil}. */
@Command(
        name = "distil",
        mixinStandardHelpOptions = true,
        description = {
            "Learns a router table from observations: queries measured under SKIP, CHEAP and FULL, or logged under one of"
                    + " them with its propensity, or with targets of your own.",
            "",
            "A row a query and arm, with the columns query_id, arm, ndcg10, latency_us, the features, and optionally"
                    + " slice and top10; Parquet, CSV or JSON Lines. Figures are cross-fitted: no query is judged by a"
                    + " table that saw it."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 distil observations/ --out router_distilled_int8.json",
            "  t1 distil observations/ --split length --out tables/router_distilled_int8.json",
            "  t1 distil targets.parquet --targets own --out table.json && t1 gate table.json observations/ --out"
                    + " router_distilled_int8.json",
            "",
            "Exit code 1: no gain over random spending is shown, and the table written spends nothing (baseline); or a"
                    + " gain is, but not that nothing is lost against the teacher (rejected)."
        })
final class DistilCommand implements Callable<Integer> {
    private static final List<String> OF_MEASURED_TARGETS =
            List.of("--budget-mean", "--price", "--teachers", "--pairs", "--shapes", "--split");

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "OBS", description = "Observation files, folders or globs.")
    private List<String> observations;

    @Mixin
    private TableFileOptions out;

    @Option(
            names = "--targets",
            paramLabel = "WHICH",
            defaultValue = "measured",
            description = "measured: what the arms gave and cost tells what the table should say; own: the columns tau,"
                    + " spend_cap_ms and min_conf_gain do, a row a query. Default: ${DEFAULT-VALUE}.")
    private TargetsChoice targets;

    @Mixin
    private FeatureOptions features;

    @Mixin
    private BadRowOptions badRows;

    @Option(
            names = "--budget-mean",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            description = "Mean extra latency as a share of FULL's. Default: ${DEFAULT-VALUE}.")
    private double budgetMean;

    @Option(
            names = "--price",
            paramLabel = "NDCG",
            description = "Price of a millisecond in nDCG. Default: the one at which the budget is spent.")
    private @Nullable Double price;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            defaultValue = "default/global/any",
            description = "The traffic to decide for, index/region/language. Default: ${DEFAULT-VALUE}.")
    private String key;

    @Mixin
    private FrontierOptions frontier;

    @Option(
            names = "--teachers",
            paramLabel = "N",
            defaultValue = "8",
            description = "Ways of growing the teacher to try, 1 to 60; with 1 a standard one is taken unseen. Default:"
                    + " ${DEFAULT-VALUE}.")
    private int teachers;

    @Option(
            names = "--shapes",
            paramLabel = "FILE",
            description = "Also write the curves that the table came from, which t1 plot draws.")
    private @Nullable Path shapes;

    @Option(
            names = "--pairs",
            paramLabel = "N",
            defaultValue = "8",
            description =
                    "Pairs of features that the table may get where they pay on held-out queries, 0 to 8. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int pairs;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Of every random choice; the same seed and rows give the same bytes. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Mixin
    private EngineOptions engine;

    @Mixin
    private ExploreOptions explore;

    @Mixin
    private SplitOptions split;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        final PrintWriter console = spec.commandLine().getOut();
        explore.requireShare();
        if (targets == TargetsChoice.OWN) {
            requireNone(OF_MEASURED_TARGETS);
            engine.requireEmbedded("--targets own");
            out.requireWritable();
            new OwnTargetsDistillation(observations, out, badRows, explore)
                    .run(features.names(), this::configured, console, output);
            return ExitCode.DONE;
        }
        final DistilSettings checked = settings();
        engine.check(split); // refused before anything is read
        final long begun = System.nanoTime();
        final double reading;
        out.requireWritable();
        if (shapes != null) {
            WholeFile.requireWritable(shapes);
        }
        final ReadRows read;
        final DistilResult result;
        final SplitOutput slices;
        try (TerminalProgress progress = TerminalProgress.onStandardError();
                OpenEngine opened = engine.open(progress)) {
            read = opened.read(
                    new ObservationReader(split.columns(features.names()), badRows.policy()).figures(),
                    observations,
                    progress);
            reading = (System.nanoTime() - begun) / 1e9;
            final DistilSettings settings = checked.withInputs(read.inputs());
            if (split.wanted()) {
                final SplitResult parted =
                        split.distil(observations, read, settings, progress).exploring(explore::on);
                slices = new SplitOutput(parted, out.besides());
                result = parted.whole();
            } else {
                slices = SplitOutput.NONE;
                final DistilResult unexploring = opened.distil(observations, read, settings, progress);
                result = unexploring.with(explore.on(unexploring.artifact()));
            }
            slices.write();
            out.write(result.artifact());
            if (shapes != null) {
                ShapesFile.write(shapes, new TableShapes(TableFileOptions.sha256(result.artifact()), result.shapes()));
            }
        }
        final DistilSeconds seconds =
                new DistilSeconds(reading, result.run().seconds(), (System.nanoTime() - begun) / 1e9);
        print(console, read, result, slices, seconds);
        return slices.status(result.report()) == TableStatus.ACCEPTED ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    /** Options that say how measured targets are made and learnt have no meaning beside a user's own. */
    private void requireNone(final List<String> options) {
        for (final String option : options) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new BadInputException(option + " says nothing beside --targets own: leave it out");
            }
        }
    }

    private RouterDistillationConfig configured(final RouterDistillationConfig standard) {
        return standard.withKey(tableKey())
                .withFrontier(frontier.points(standard.frontier()))
                .withSeed(seed);
    }

    private TableKey tableKey() {
        try {
            return TableKey.parse(key);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("--key=" + key + ": " + e.getMessage(), e);
        }
    }

    private DistilSettings settings() {
        try {
            return new DistilSettings(
                    tableKey(),
                    new Budget.MeanShare(budgetMean),
                    price == null ? OptionalDouble.empty() : OptionalDouble.of(price),
                    frontier.points(List.of()),
                    BaselineDecision.SKIP,
                    List.of(),
                    new DistilSettings.Effort(teachers, pairs),
                    seed);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage() == null ? "bad option" : e.getMessage(), e);
        }
    }

    private void print(
            final PrintWriter console,
            final ReadRows read,
            final DistilResult result,
            final SplitOutput slices,
            final DistilSeconds seconds) {
        final DistilReport report = result.report();
        final GateSpec gate = result.artifact().gate();
        DistilText.print(console, read, result);
        badRows.print(console, read.badRows());
        DistilText.print(console, result.run(), seconds);
        console.println();
        SpendingTable.print(console, report.spending());
        DistilText.auc(console, report);
        SpendingTable.print(console, report.choice());
        console.println(String.format(
                Locale.ROOT,
                "gate: theta_star %.4f, delta %.4f, tau_mean %.4f",
                gate.thetaStar(),
                gate.delta(),
                gate.tauMean()));
        console.println();
        DistilText.print(console, report);
        console.println(report.verdict());
        slices.print(console);
        switch (slices.status(report)) {
            case ACCEPTED -> console.println("status: accepted");
            case REJECTED -> console.println("status: rejected: not shown to lose nothing against its teacher");
            case BASELINE ->
                console.println("status: baseline: the gate is closed, every query gets SKIP, as the baseline does");
        }
        out.print(console, result.artifact());
        slices.printFiles(console);
        if (output.json()) {
            Json.print(
                    console,
                    DistilJson.of(
                            result,
                            read,
                            slices.json(),
                            seconds,
                            out.name(),
                            TableFileOptions.sha256(result.artifact())));
        }
    }
}

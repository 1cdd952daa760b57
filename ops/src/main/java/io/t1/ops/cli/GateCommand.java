package io.t1.ops.cli;

import io.t1.ops.BadInputException;
import io.t1.ops.distil.LoggedValidation;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.GateResult;
import io.t1.ops.gate.GateSearch;
import io.t1.ops.gate.ValidationQueries;
import io.t1.ops.observation.FeatureColumn;
import io.t1.ops.observation.LearnableQueries;
import io.t1.ops.observation.LoggedObservations;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.Observations;
import io.t1.ops.observation.ReadHere;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.RouterArtifact;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code t1 gate}. */
@Command(
        name = "gate",
        mixinStandardHelpOptions = true,
        description = {
            "Sets a table's thresholds under a budget, on queries that it wasn't learnt from: measured under SKIP, CHEAP and"
                    + " FULL, or logged under one of them with its propensity.",
            "",
            "The most mean nDCG that two thresholds can buy, by dual ascent over the whole range, then a sweep of 21"
                    + " steps within +-10 %% of the optimum. From a log both are estimated off-policy."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  t1 gate router_distilled_int8.json validation.parquet --budget-mean 0.33 --out gated.json",
            "  t1 observations export /var/lib/t1 --out logged.parquet && t1 gate router_distilled_int8.json logged.parquet"
                    + " --out gated.json",
            "  t1 gate router_distilled_int8.json router_distilled_int8.*.json validation.parquet --out"
                    + " gated/router_distilled_int8.json",
            "",
            "Exit code 1: INCONCLUSIVE, no gain over random spending is shown, or UNSUPPORTED, a log says too little of what"
                    + " the table would do. The table written then spends nothing."
        })
final class GateCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "TABLE", description = "The table, as t1 distil writes it.")
    private Path table;

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "OBS",
            description =
                    "Observation files, folders or globs to choose thresholds on. Of a split (t1 distil --split) the"
                            + " tables of all slices come first, and all get one bar; they are written beside --out.")
    private List<String> tablesAndObservations;

    @Mixin
    private TableFileOptions out;

    @ArgGroup(exclusive = true)
    private @Nullable BudgetOptions budget;

    /** One budget or the other. */
    private static final class BudgetOptions {
        @Option(
                names = "--budget-mean",
                paramLabel = "SHARE",
                description = "Mean extra latency as a share of FULL's. Default: 0.5.")
        private @Nullable Double mean;

        @Option(
                names = "--budget-p95-lift",
                paramLabel = "MS",
                description = "Most that the p95 of the whole latency may rise over the baseline's, in ms.")
        private @Nullable Double p95Lift;
    }

    @Option(
            names = "--baseline-p95",
            paramLabel = "MS",
            description = "The baseline's p95 in ms, or 'measured': SKIP's on the same rows. Default: measured.",
            defaultValue = "measured")
    private String baselineP95;

    @Mixin
    private FrontierOptions frontier;

    @Mixin
    private BadRowOptions badRows;

    @Mixin
    private ExploreOptions explore;

    @Mixin
    private OutputOptions output;

    @Override
    public Integer call() {
        final Budget limit = budget();
        explore.requireShare();
        final GateFiles files = GateFiles.read(table, tablesAndObservations);
        final RouterArtifact artifact = files.whole();
        final List<FrontierPoint> points = frontier.points(artifact.frontier());
        final List<String> observations = files.observations();
        out.requireWritable();
        final ReadHere read;
        final GateResult result;
        final GateOutput said;
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            read = new ObservationReader(badRows.policy(), FeatureColumn.of(artifact))
                    .figures()
                    .readMeasuredOrLogged(observations, progress);
            final ValidationQueries queries = validation(read, observations, progress);
            result = GateSearch.search(files.over(read), queries, read.inputs(), points, limit, progress)
                    .exploring(explore::on);
            said = new GateOutput(out, out.besides().write(artifact.key(), result.slices()));
            out.write(result.artifact());
        }
        final PrintWriter console = spec.commandLine().getOut();
        said.print(console, read, badRows, limit, result);
        if (output.json()) {
            said.printJson(console, result);
        }
        return result.report().verdict().passed() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private static ValidationQueries validation(
            final ReadHere read, final List<String> observations, final Progress progress) {
        return switch (read) {
            case Observations measured -> {
                LearnableQueries.require(observations, measured.queries());
                yield ValidationQueries.of(measured.queries());
            }
            case LoggedObservations logged -> {
                LearnableQueries.require(observations, logged.log());
                yield LoggedValidation.of(logged.log(), progress);
            }
        };
    }

    private Budget budget() {
        try {
            if (budget != null && budget.p95Lift != null) {
                return new Budget.P95Lift(budget.p95Lift, declaredP95());
            }
            return new Budget.MeanShare(budget == null || budget.mean == null ? 0.5 : budget.mean);
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(e.getMessage() == null ? "bad option" : e.getMessage(), e);
        }
    }

    private double declaredP95() {
        if (baselineP95.equals("measured")) {
            return Double.NaN;
        }
        try {
            return Double.parseDouble(baselineP95);
        } catch (final NumberFormatException e) {
            throw new BadInputException("--baseline-p95=" + baselineP95 + " is neither ms nor 'measured'", e);
        }
    }
}

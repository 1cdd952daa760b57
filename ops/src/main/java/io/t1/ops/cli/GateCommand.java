package io.t1.ops.cli;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.distil.LoggedValidation;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.GateReport;
import io.t1.ops.gate.GateResult;
import io.t1.ops.gate.GateSearch;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.SweepStep;
import io.t1.ops.gate.ValidationQueries;
import io.t1.ops.observation.FeatureColumn;
import io.t1.ops.observation.LearnableQueries;
import io.t1.ops.observation.LoggedObservations;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.Observations;
import io.t1.ops.observation.ReadRows;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.RouterArtifact;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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
            description = "Observation files, folders or globs to choose thresholds on.")
    private List<String> observations;

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
        final RouterArtifact artifact = ArtifactFile.read(table);
        final List<FrontierPoint> points = frontier.points(artifact.frontier());
        out.requireWritable();
        final ReadRows read;
        final GateResult result;
        try (TerminalProgress progress = TerminalProgress.onStandardError()) {
            read = new ObservationReader(badRows.policy(), FeatureColumn.of(artifact))
                    .figures()
                    .readMeasuredOrLogged(observations, progress);
            final GateResult found =
                    GateSearch.search(artifact, validation(read, progress), read.inputs(), points, limit, progress);
            result = new GateResult(explore.on(found.artifact()), found.report());
            out.write(result.artifact());
        }
        print(spec.commandLine().getOut(), read, limit, result);
        return result.report().verdict().passed() ? ExitCode.DONE : ExitCode.CHECK_FAILED;
    }

    private ValidationQueries validation(final ReadRows read, final Progress progress) {
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

    private void print(final PrintWriter console, final ReadRows read, final Budget limit, final GateResult result) {
        final GateReport report = result.report();
        final Spending spending = report.spending();
        console.println(String.format(
                Locale.ROOT,
                "%,d queries%s from %,d rows; thresholds judged on folds that they weren't chosen on",
                spending.queries(),
                spending.support() == null ? "" : " of a log, one arm each,",
                read.rows()));
        if (spending.support() != null) {
            console.println("what follows is estimated off-policy, by models that hadn't seen the query's fold");
        }
        badRows.print(console, read.badRows());
        if (report.inSample()) {
            console.println("the table was learnt from these very rows, so what follows flatters it:"
                    + " the verdict is the one that t1 distil cross-fitted");
        }
        console.println();
        SpendingTable.print(console, spending);
        SpendingTable.print(console, report.choice());
        if (limit instanceof Budget.P95Lift lift) {
            console.println("p95 ms: SKIP " + SpendingTable.ms(spending.armP95Ms()[Arm.SKIP.code()]) + ", T1 "
                    + SpendingTable.ms(spending.p95Ms()) + ", FULL "
                    + SpendingTable.ms(spending.armP95Ms()[Arm.FULL.code()]) + ", baseline "
                    + (Double.isNaN(lift.baselineP95Ms())
                            ? "SKIP's, measured"
                            : SpendingTable.ms(lift.baselineP95Ms()) + ", declared"));
        }
        console.println();
        final TextTable sweep = new TextTable(
                "theta_star", "nDCG@10", report.choice().constraint().name(), "within budget");
        for (final SweepStep step : report.sweep()) {
            sweep.row(
                    String.format(Locale.ROOT, "%.4f", step.thetaStar()),
                    SpendingTable.ndcg(step.ndcg10()),
                    String.format(Locale.ROOT, "%.4f", step.load()),
                    step.withinBudget() ? "yes" : "no");
        }
        sweep.print(console);
        console.println();
        console.println(String.format(
                Locale.ROOT,
                "gate: theta_star %.4f, delta %.4f, tau_mean %.4f",
                report.thetaStar(),
                report.delta(),
                report.tauMean()));
        console.println(report.verdict());
        if (!report.verdict().passed()) {
            console.println("the gate is closed: every query gets SKIP, as the baseline does");
        }
        out.print(console, result.artifact());
        if (output.json()) {
            Json.print(console, Line.of(report, out.name(), TableFileOptions.sha256(result.artifact())));
        }
    }

    /** What {@code --json} prints. */
    private record Line(
            String verdict,
            int queries,
            long queriesNeeded,
            boolean inSample,
            boolean offPolicy,
            SpendingJson spending,
            SpendingJson.Constraint constraint,
            double dualityGap,
            float thetaStar,
            float delta,
            float tauMean,
            List<SweepStep> sweep,
            String table,
            String sha256) {
        static Line of(final GateReport report, final String out, final String sha256) {
            return new Line(
                    report.verdict().outcome().name(),
                    report.spending().queries(),
                    report.verdict().queriesNeeded(),
                    report.inSample(),
                    report.spending().support() != null,
                    SpendingJson.of(report.spending()),
                    SpendingJson.Constraint.of(report.choice()),
                    report.choice().dualityGap(),
                    report.thetaStar(),
                    report.delta(),
                    report.tauMean(),
                    report.sweep(),
                    out,
                    sha256);
        }
    }
}

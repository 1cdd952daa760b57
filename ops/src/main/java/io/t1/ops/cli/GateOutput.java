package io.t1.ops.cli;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.GateReport;
import io.t1.ops.gate.GateResult;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.SweepStep;
import io.t1.ops.observation.ReadRows;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.RouterArtifact;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What {@code t1 gate} says.
 *
 * @param out where the table, or that for all, went.
 * @param slices where the tables of a split's slices went, by key.
 */
record GateOutput(TableFileOptions out, Map<TableKey, Path> slices) {
    void print(
            final PrintWriter console,
            final ReadRows read,
            final BadRowOptions badRows,
            final Budget limit,
            final GateResult result) {
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
                result.slices().isEmpty() ? "theta_star" : "bar on score + tau",
                "nDCG@10",
                report.choice().constraint().name(),
                "within budget");
        for (final SweepStep step : report.sweep()) {
            sweep.row(
                    String.format(Locale.ROOT, "%.4f", step.thetaStar()),
                    SpendingTable.ndcg(step.ndcg10()),
                    String.format(Locale.ROOT, "%.4f", step.load()),
                    step.withinBudget() ? "yes" : "no");
        }
        sweep.print(console);
        console.println();
        console.println(gate("gate", result.artifact().gate()));
        result.slices().forEach(table -> console.println(gate("gate of " + table.key(), table.gate())));
        console.println(report.verdict());
        if (!report.verdict().passed()) {
            console.println("the gate is closed: every query gets SKIP, as the baseline does");
        }
        out.print(console, result.artifact());
        slices.forEach((key, file) -> console.println("wrote " + file + ", for " + key));
    }

    private static String gate(final String of, final GateSpec gate) {
        return String.format(
                Locale.ROOT,
                "%s: theta_star %.4f, delta %.4f, tau_mean %.4f",
                of,
                gate.thetaStar(),
                gate.delta(),
                gate.tauMean());
    }

    void printJson(final PrintWriter console, final GateResult result) {
        Json.print(console, Line.of(result, this));
    }

    /** A table of a split's slice, as {@code --json} prints it. */
    private record Slice(String key, float thetaStar, float delta, float tauMean, String table, String sha256) {
        static Slice of(final RouterArtifact table, final Map<TableKey, Path> files) {
            return new Slice(
                    table.key().toString(),
                    table.gate().thetaStar(),
                    table.gate().delta(),
                    table.gate().tauMean(),
                    String.valueOf(files.get(table.key())),
                    TableFileOptions.sha256(table));
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
            String sha256,
            List<Slice> slices) {
        static Line of(final GateResult result, final GateOutput output) {
            final GateReport report = result.report();
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
                    output.out().name(),
                    TableFileOptions.sha256(result.artifact()),
                    result.slices().stream()
                            .map(table -> Slice.of(table, output.slices()))
                            .toList());
        }
    }
}

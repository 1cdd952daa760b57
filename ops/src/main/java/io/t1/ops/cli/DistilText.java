package io.t1.ops.cli;

import io.t1.ops.distil.Additivity;
import io.t1.ops.distil.DistilReport;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilRun;
import io.t1.ops.distil.Fidelity;
import io.t1.ops.distil.PairTrial;
import io.t1.ops.distil.TriedForest;
import io.t1.ops.gate.ComparedPolicy;
import io.t1.ops.observation.LoggedObservations;
import io.t1.ops.observation.ReadRows;
import io.t1.ops.statistics.BcaEstimate;
import io.t1.ops.statistics.CalibrationError;
import io.t1.router.artifact.MonotoneCertificate;
import java.io.PrintWriter;
import java.util.Locale;

/** Prints how a table stands to its teacher and to what else could decide. */
final class DistilText {
    private DistilText() {}

    /** What was learnt from. */
    static void print(final PrintWriter console, final ReadRows read, final DistilResult result) {
        final DistilReport report = result.report();
        console.println(String.format(
                Locale.ROOT,
                "%,d queries%s from %,d rows of %d file%s, %d features, price %.5f nDCG per ms",
                result.run().queries(),
                read instanceof LoggedObservations ? " of a log, one arm each," : "",
                read.rows(),
                read.inputs().size(),
                read.inputs().size() == 1 ? "" : "s",
                report.features(),
                report.price()));
    }

    /** How well the score tells queries that FULL helps, where that is known. */
    static void auc(final PrintWriter console, final DistilReport report) {
        if (!Double.isNaN(report.auc().auc())) {
            console.println(String.format(
                    Locale.ROOT,
                    "AUC of the score: %.3f [%.3f, %.3f], %d positives",
                    report.auc().auc(),
                    report.auc().lo(),
                    report.auc().hi(),
                    report.auc().positives()));
        }
    }

    /** How the run went about its queries, where some were held out. */
    static void print(final PrintWriter out, final DistilRun run, final DistilSeconds seconds) {
        if (run.heldOut()) {
            out.println(String.format(
                    Locale.ROOT,
                    "judged on %,d queries that neither forest nor table saw; the forests saw the other %,d, the table what"
                            + " they say of %,d",
                    run.judged(),
                    run.queries() - run.judged(),
                    run.taught()));
            out.println(String.format(
                    Locale.ROOT,
                    "%s; %.2f x the teacher's own search and training",
                    seconds,
                    seconds.totalOverTeacher()));
        }
    }

    static void print(final PrintWriter out, final DistilReport report) {
        if (!report.tried().isEmpty()) {
            teachers(out, report);
            out.println();
        }
        policies(out, report);
        out.println();
        fidelity(out, report);
        pairs(out, report);
        additivity(out, report);
        out.println();
        final CalibrationError error = report.calibration();
        out.println(String.format(
                Locale.ROOT,
                "calibration of the score%s: %s: AECE %.4f [%.4f, %.4f], debiased, limit %.4f (raw %.4f; a perfect score"
                        + " would show %.4f, and at most %.4f in 95 of 100), %,d queries",
                report.spending().support() == null ? "" : " (of a log FULL's expected gain)",
                report.calibrationOutcome(),
                error.debiased(),
                error.lo(),
                error.hi(),
                DistilReport.MOST_CALIBRATION_ERROR,
                error.raw(),
                error.nullMean(),
                error.nullMost(),
                error.n()));
        out.println(certificate(report.certificate()));
        out.println(report.noRegret());
    }

    static String certificate(final MonotoneCertificate certificate) {
        return String.format(
                Locale.ROOT,
                "certificate: %,d cells checked, %,d violations",
                certificate.cellsChecked(),
                certificate.violations().size());
    }

    private static void teachers(final PrintWriter out, final DistilReport report) {
        out.println("teachers tried, judged on folds that they hadn't seen; losses over those of the mean:");
        final TextTable table = new TextTable("forests", "chance", "gain", "");
        for (final TriedForest forest : report.tried()) {
            table.row(
                    forest.settings(),
                    String.format(Locale.ROOT, "%.4f", forest.chanceLoss()),
                    String.format(Locale.ROOT, "%.4f", forest.gainLoss()),
                    forest.chosen() ? "chosen" : "");
        }
        table.print(out);
    }

    private static void additivity(final PrintWriter out, final DistilReport report) {
        final Additivity additivity = report.additivity();
        if (additivity != null) {
            out.println(String.format(
                    Locale.ROOT,
                    "additivity: depth 6 less depth 1, nDCG %.4f - %.4f = %s%s",
                    additivity.deepNdcg(),
                    additivity.additiveNdcg(),
                    SpendingTable.interval(additivity.cost()),
                    Double.isNaN(additivity.deepAuc())
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "; AUC %.3f and %.3f",
                                    additivity.deepAuc(),
                                    additivity.additiveAuc())));
        }
    }

    private static void pairs(final PrintWriter out, final DistilReport report) {
        final PairTrial pairs = report.pairs();
        if (pairs != null) {
            out.println("pairs: nDCG with them less without = " + SpendingTable.interval(pairs.gain())
                    + (pairs.pays() ? ": they ship" : ": not shown to pay, the table has none"));
        }
    }

    private static void policies(final PrintWriter out, final DistilReport report) {
        out.println("policies under the same budget, none judged on queries that it was learnt from:");
        final TextTable table = new TextTable(
                "policy", "nDCG@10", "gain kept", "cost ms", "of FULL's cost", "T1 minus it", "95 % interval");
        for (final ComparedPolicy policy : report.policies()) {
            final BcaEstimate t1Minus = policy.t1Minus();
            table.row(
                    policy.name(),
                    SpendingTable.ndcg(policy.ndcg10()),
                    SpendingTable.percent(policy.gainShare()),
                    String.format(Locale.ROOT, "%.3f", policy.costMs()),
                    SpendingTable.percent(policy.costShare()),
                    t1Minus == null ? "" : String.format(Locale.ROOT, "%+.4f", t1Minus.estimate()),
                    t1Minus == null ? "" : String.format(Locale.ROOT, "%+.4f .. %+.4f", t1Minus.lo(), t1Minus.hi()));
        }
        table.print(out);
    }

    private static void fidelity(final PrintWriter out, final DistilReport report) {
        out.println("fidelity to the teacher, step by step, the teacher's shares of FULL and CHEAP kept:");
        final TextTable table = new TextTable("step", "R2", "same arm", "nDCG@10", "lost", "R2 of score", "of tau");
        double before = Double.NaN;
        for (final Fidelity step : report.fidelity()) {
            table.row(
                    step.step(),
                    String.format(Locale.ROOT, "%.4f", step.r2()),
                    SpendingTable.percent(step.agreement()),
                    String.format(Locale.ROOT, "%.5f", step.ndcg()),
                    Double.isNaN(before) ? "" : String.format(Locale.ROOT, "%+.5f", before - step.ndcg()),
                    String.format(Locale.ROOT, "%.4f", step.r2ByOutput().get("score")),
                    String.format(Locale.ROOT, "%.4f", step.r2ByOutput().get("tau")));
            before = step.ndcg();
        }
        table.print(out);
    }
}

package io.t1.ops.cli;

import io.t1.ops.distil.Additivity;
import io.t1.ops.distil.DistilReport;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.Fidelity;
import io.t1.ops.distil.PairTrial;
import io.t1.ops.distil.TriedForest;
import io.t1.ops.gate.ComparedPolicy;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.observation.ReadRows;
import io.t1.ops.statistics.CalibrationError;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.MonotoneCertificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code t1 distil --json} prints; points are hundredths of nDCG. */
record DistilJson(
        String verdict,
        String status,
        long queries,
        long judgedQueries,
        long taughtQueries,
        long queriesNeeded,
        long rows,
        Map<String, Long> badRows,
        int features,
        double price,
        SpendingJson spending,
        @Nullable Double auc,
        SpendingJson.Constraint constraint,
        double dualityGap,
        float thetaStar,
        float delta,
        float tauMean,
        Map<String, Double> agreement,
        Regret noRegret,
        List<Fidelity> fidelity,
        Calibration calibration,
        String teacher,
        List<TriedForest> teachers,
        @Nullable Additive additivity,
        @Nullable Pairs pairs,
        @Nullable SplitJson split,
        Certificate certificate,
        Map<String, Policy> policies,
        Map<String, Double> seconds,
        double totalOverTeacher,
        String table,
        String sha256) {
    private static final double POINTS = 100;

    /** Of the student's policy against the teacher's, in points. */
    record Regret(
            String outcome,
            double deltaPp,
            double lcbPp,
            double ucbPp,
            double limitPp,
            boolean passed,
            double agreement,
            int queries,
            long queriesNeeded,
            double studentCostMs,
            double teacherCostMs) {
        static Regret of(final NoRegret found) {
            return new Regret(
                    found.outcome().name(),
                    POINTS * found.difference().estimate(),
                    POINTS * found.difference().lowerBound(),
                    POINTS * found.difference().upperBound(),
                    -POINTS * NoRegret.MARGIN,
                    found.passed(),
                    found.agreement(),
                    found.difference().n(),
                    found.queriesNeeded(),
                    found.studentCostMs(),
                    found.teacherCostMs());
        }
    }

    /** AECE of the table's score; its interval decides against the limit. */
    record Calibration(
            String outcome,
            double limit,
            double debiased,
            double lo,
            double hi,
            double raw,
            double nullMean,
            double nullMost,
            int n) {
        static Calibration of(final DistilReport report) {
            final CalibrationError error = report.calibration();
            return new Calibration(
                    report.calibrationOutcome().name(),
                    DistilReport.MOST_CALIBRATION_ERROR,
                    error.debiased(),
                    error.lo(),
                    error.hi(),
                    error.raw(),
                    error.nullMean(),
                    error.nullMost(),
                    error.n());
        }
    }

    /** What it costs to be additive. */
    record Additive(
            double depth1Ndcg,
            double depth6Ndcg,
            SpendingJson.Difference cost,
            @Nullable Double depth1Auc,
            @Nullable Double depth6Auc) {
        static Additive of(final Additivity found) {
            return new Additive(
                    found.additiveNdcg(),
                    found.deepNdcg(),
                    SpendingJson.Difference.of(found.cost()),
                    SpendingJson.known(found.additiveAuc()),
                    SpendingJson.known(found.deepAuc()));
        }
    }

    /** Whether pairs of features pay on held-out queries. */
    record Pairs(SpendingJson.Difference gain, boolean shipped) {
        static Pairs of(final PairTrial found) {
            return new Pairs(SpendingJson.Difference.of(found.gain()), found.pays());
        }
    }

    /** Cells of the monotone constraints. */
    record Certificate(long checked, int violations) {
        static Certificate of(final MonotoneCertificate certificate) {
            return new Certificate(
                    certificate.cellsChecked(), certificate.violations().size());
        }
    }

    /** One policy; {@code t1Minus} is null for T1 itself. */
    record Policy(
            double ndcg10,
            double costMs,
            double costShare,
            double gainShare,
            SpendingJson.@Nullable Difference t1Minus) {
        static Policy of(final ComparedPolicy policy) {
            return new Policy(
                    policy.ndcg10(),
                    policy.costMs(),
                    policy.costShare(),
                    policy.gainShare(),
                    policy.t1Minus() == null ? null : SpendingJson.Difference.of(policy.t1Minus()));
        }
    }

    static DistilJson of(
            final DistilResult result,
            final ReadRows read,
            final @Nullable SplitJson split,
            final DistilSeconds seconds,
            final String out,
            final String sha256) {
        final DistilReport report = result.report();
        final GateSpec gate = result.artifact().gate();
        final Map<String, Policy> policies = new LinkedHashMap<>();
        report.policies().forEach(policy -> policies.put(policy.name(), Policy.of(policy)));
        return new DistilJson(
                report.verdict().outcome().name(),
                report.status().name(),
                result.run().queries(),
                result.run().judged(),
                result.run().taught(),
                report.verdict().queriesNeeded(),
                read.rows(),
                read.badRows(),
                report.features(),
                report.price(),
                SpendingJson.of(report.spending()),
                SpendingJson.known(report.auc().auc()),
                SpendingJson.Constraint.of(report.choice()),
                report.choice().dualityGap(),
                gate.thetaStar(),
                gate.delta(),
                gate.tauMean(),
                report.agreement(),
                Regret.of(report.noRegret()),
                report.fidelity(),
                Calibration.of(report),
                report.teacher(),
                report.tried(),
                report.additivity() == null ? null : Additive.of(report.additivity()),
                report.pairs() == null ? null : Pairs.of(report.pairs()),
                split,
                Certificate.of(report.certificate()),
                policies,
                seconds.all(),
                seconds.totalOverTeacher(),
                out,
                sha256);
    }
}

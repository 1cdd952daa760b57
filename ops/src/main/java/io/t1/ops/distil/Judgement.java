package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.ComparedPolicy;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.RocAuc;
import io.t1.router.artifact.MonotoneCertificate;
import java.util.List;
import java.util.Map;

/**
 * How good such a table is, from claims of queries that whoever claims hadn't seen; bars, too, are chosen without the
 * fold that they are judged on.
 *
 * @param choice bars on all claims of the table.
 * @param spending of T1.
 * @param auc of the table's score.
 * @param fidelity the teacher and each step from it to the table.
 * @param noRegret T1 against its teacher.
 * @param policies what else could decide; T1 first.
 */
record Judgement(
        ThresholdChoice choice,
        Spending spending,
        RocAuc auc,
        List<Fidelity> fidelity,
        NoRegret noRegret,
        List<ComparedPolicy> policies) {
    private static final double CONFIDENCE = 0.95;
    private static final int PARTS = 4;

    static Judgement of(
            final TrainingSet set,
            final Folds folds,
            final CrossFittedClaims claims,
            final Budget budget,
            final Progress progress) {
        progress.report("judging", 0, PARTS);
        final MeasuredArms measured = set.measured();
        final byte[] t1 = ThresholdChoice.crossFittedArms(budget, claims.table(), measured, folds.of(), folds.count());
        final byte[] teacher =
                ThresholdChoice.crossFittedArms(budget, claims.teacher(), measured, folds.of(), folds.count());
        final Spending spending = Spending.of(measured, t1);
        progress.report("judging", 1, PARTS);
        final NoRegret noRegret = NoRegret.of(measured, t1, teacher);
        progress.report("judging", 2, PARTS);
        final List<ComparedPolicy> policies = new Rivals(set, folds, budget).compare(t1, teacher, spending);
        progress.report("judging", 3, PARTS);
        final boolean[] benefits = new boolean[set.size()];
        for (int q = 0; q < benefits.length; q++) {
            benefits[q] = set.benefit(q) == 1;
        }
        final Judgement judgement = new Judgement(
                ThresholdChoice.under(budget, claims.table(), measured),
                spending,
                RocAuc.of(claims.score(), benefits, CONFIDENCE),
                Fidelity.of(claims, measured, budget, folds),
                noRegret,
                policies);
        progress.report("judging", PARTS, PARTS);
        return judgement;
    }

    TableStatus status() {
        if (!spending.verdict().passed()) {
            return TableStatus.BASELINE;
        }
        return noRegret.passed() ? TableStatus.ACCEPTED : TableStatus.REJECTED;
    }

    DistilReport report(
            final int features,
            final double price,
            final Map<String, Double> agreement,
            final MonotoneCertificate certificate) {
        return new DistilReport(
                spending.queries(),
                features,
                price,
                choice,
                spending,
                auc,
                agreement,
                certificate,
                fidelity,
                noRegret,
                policies,
                spending.verdict(),
                status());
    }
}

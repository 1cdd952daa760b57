package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.ComparedPolicy;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.CalibrationError;
import io.t1.ops.statistics.RocAuc;
import io.t1.router.artifact.MonotoneCertificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import org.jspecify.annotations.Nullable;

/**
 * How good such a table is, from claims of queries that whoever claims hadn't seen; bars, too, are chosen without the
 * fold that they are judged on.
 *
 * @param table which of the tables ships: INT8, or PAIRS where these pay.
 * @param pairs whether they do; null when they weren't tried.
 * @param choice bars on all claims of the table.
 * @param spending of T1.
 * @param auc of the table's score.
 * @param calibration of the table's score, as held-out queries show it.
 * @param additivity what it costs to be additive; null when that wasn't measured.
 * @param fidelity the teacher and each step from it to the table.
 * @param noRegret T1 against its teacher.
 * @param policies what else could decide; T1 first.
 */
record Judgement(
        FidelityStep table,
        @Nullable PairTrial pairs,
        ThresholdChoice choice,
        Spending spending,
        RocAuc auc,
        CalibrationError calibration,
        @Nullable Additivity additivity,
        List<Fidelity> fidelity,
        NoRegret noRegret,
        List<ComparedPolicy> policies) {
    private static final double CONFIDENCE = 0.95;
    private static final int PARTS = 4;

    static Judgement of(
            final Evidence evidence,
            final Folds folds,
            final CrossFittedClaims claims,
            final DistilSettings settings,
            final Progress progress) {
        return of(evidence, folds, claims, Additivity.begin(evidence, folds, settings), settings, progress);
    }

    /**
     * The same.
     *
     * @param additivity which was begun before.
     */
    static Judgement of(
            final Evidence evidence,
            final Folds folds,
            final CrossFittedClaims claims,
            final Optional<ForkJoinTask<Additivity>> additivity,
            final DistilSettings settings,
            final Progress progress) {
        progress.report("judging", 0, PARTS);
        final TrainingSet set = evidence.all();
        final Budget.MeanShare budget = settings.budget();
        final MeasuredArms measured = set.measured();
        final PairTrial pairs = settings.effort().pairs() == 0 ? null : PairTrial.of(claims, measured, budget, folds);
        final FidelityStep table = pairs != null && pairs.pays() ? FidelityStep.PAIRS : FidelityStep.INT8;
        final ForkJoinPool beside = ForkJoinPool.commonPool(); // what nothing below waits for
        final ForkJoinTask<CalibrationError> calibration =
                beside.submit(() -> set.calibration(claims.score(table), settings.seed()));
        final ForkJoinTask<List<Fidelity>> fidelity = beside.submit(() -> Fidelity.of(claims, measured, budget, folds));
        final byte[] t1 =
                ThresholdChoice.crossFittedArms(budget, claims.claims(table), measured, folds.of(), folds.count());
        final byte[] teacher =
                ThresholdChoice.crossFittedArms(budget, claims.teacher(), measured, folds.of(), folds.count());
        final Spending spending = Spending.of(measured, t1);
        progress.report("judging", 1, PARTS);
        final NoRegret noRegret = NoRegret.of(measured, t1, teacher);
        progress.report("judging", 2, PARTS);
        final List<ComparedPolicy> policies =
                new Rivals(set, folds, budget).compare(t1, teacher, claims.expected(), spending);
        progress.report("judging", 3, PARTS);
        final Judgement judgement = new Judgement(
                table,
                pairs,
                ThresholdChoice.under(budget, claims.claims(table), measured),
                spending,
                set.auc(claims.score(table), CONFIDENCE),
                calibration.join(),
                additivity.map(ForkJoinTask::join).orElse(null),
                fidelity.join(),
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
            final MonotoneCertificate certificate,
            final ForestSearch.Found forest) {
        return new DistilReport(
                spending.queries(),
                features,
                price,
                choice,
                spending,
                auc,
                agreement,
                calibration,
                forest.settings().toString(),
                forest.tried(),
                additivity,
                pairs,
                certificate,
                fidelity,
                noRegret,
                policies,
                spending.verdict(),
                status());
    }
}

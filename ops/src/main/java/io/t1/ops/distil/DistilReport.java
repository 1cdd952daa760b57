package io.t1.ops.distil;

import io.t1.ops.gate.ComparedPolicy;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.gate.Verdict;
import io.t1.ops.statistics.CalibrationError;
import io.t1.ops.statistics.RocAuc;
import io.t1.router.artifact.MonotoneCertificate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How good a table is, judged on queries by tables that hadn't seen them.
 *
 * @param queries learnt from.
 * @param features in the table.
 * @param price lambda, nDCG per ms.
 * @param choice thresholds on the cross-fitted claims.
 * @param spending cross-fitted, thresholds included.
 * @param auc of the cross-fitted score, positives being queries that FULL helps.
 * @param agreement R2 of the table's outputs against the teacher's.
 * @param calibration of the score, cross-fitted.
 * @param teacher how the teacher's forests were grown.
 * @param tried the ways of growing them that were tried; empty when none was searched.
 * @param additivity what it costs to be additive; null when that wasn't measured.
 * @param pairs whether pairs of features pay; null when they weren't tried.
 * @param certificate what an exact walk over the table's cells found.
 * @param fidelity the teacher and each step from it to the table.
 * @param noRegret whether the table is shown to lose nothing against its teacher.
 * @param policies what else could decide under the same budget; T1 first.
 * @param verdict whether it is shown to gain over random spending.
 * @param status what may be done with the table.
 */
public record DistilReport(
        int queries,
        int features,
        double price,
        ThresholdChoice choice,
        Spending spending,
        RocAuc auc,
        Map<String, Double> agreement,
        CalibrationError calibration,
        String teacher,
        List<TriedForest> tried,
        @Nullable Additivity additivity,
        @Nullable PairTrial pairs,
        MonotoneCertificate certificate,
        List<Fidelity> fidelity,
        NoRegret noRegret,
        List<ComparedPolicy> policies,
        Verdict verdict,
        TableStatus status) {
    /** Most that the score's AECE may be, debiased. */
    public static final double MOST_CALIBRATION_ERROR = 0.01;

    /** What is shown of the score's calibration. */
    public CalibrationError.Outcome calibrationOutcome() {
        return calibration.against(MOST_CALIBRATION_ERROR);
    }
}

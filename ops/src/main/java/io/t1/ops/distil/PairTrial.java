package io.t1.ops.distil;

import io.t1.ops.gate.Budget;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import java.util.List;

/**
 * Whether pairs pay: the table with them against the table without, on held-out queries, the teacher's shares of FULL and
 * CHEAP kept by both.
 *
 * @param gain nDCG with pairs less without, paired by query.
 */
public record PairTrial(BcaEstimate gain) {
    static PairTrial of(
            final CrossFittedClaims claims, final MeasuredArms measured, final Budget budget, final Folds folds) {
        final List<byte[]> arms = ThresholdChoice.sharedArms(
                budget,
                claims.teacher(),
                List.of(claims.claims(FidelityStep.INT8), claims.claims(FidelityStep.PAIRS)),
                measured,
                folds.of(),
                folds.count());
        final double[] differences = new double[measured.size()];
        for (int q = 0; q < differences.length; q++) {
            differences[q] = measured.ndcg10()[arms.get(2)[q]][q] - measured.ndcg10()[arms.get(1)[q]][q];
        }
        return new PairTrial(BcaBootstrap.STANDARD.ofMean(differences));
    }

    /** Whether they are shown to gain, with 95 % confidence; else the table ships without. */
    public boolean pays() {
        return gain.lowerBound() > 0;
    }
}

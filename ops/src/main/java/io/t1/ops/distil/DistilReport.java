package io.t1.ops.distil;

import io.t1.ops.gate.Spending;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.gate.Verdict;
import io.t1.ops.statistics.RocAuc;
import java.util.Map;

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
 * @param verdict whether it ships.
 */
public record DistilReport(
        int queries,
        int features,
        double price,
        ThresholdChoice choice,
        Spending spending,
        RocAuc auc,
        Map<String, Double> agreement,
        Verdict verdict) {}

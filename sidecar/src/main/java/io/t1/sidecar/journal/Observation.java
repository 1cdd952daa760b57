package io.t1.sidecar.journal;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import java.util.List;

/** One record of the journal. */
public sealed interface Observation {
    /** Unix time at which the sidecar saw it, in milliseconds. */
    long timeMillis();

    /** Joins a decision and its outcomes. */
    long decisionId();

    /**
     * What was decided for a query.
     *
     * @param key the traffic.
     * @param tableVersion of the table that decided.
     * @param codes one unsigned byte a feature, in the table's order; the reader's caller may keep it.
     * @param arm the arm chosen.
     * @param score the one that the gate used.
     * @param propensity chance with which the arm was chosen.
     * @param expectedGain in nDCG; NaN when the table has none.
     * @param flags bits of {@link io.t1.gating.DecisionFlag}.
     */
    record Decision(
            long timeMillis,
            long decisionId,
            TableKey key,
            long tableVersion,
            byte[] codes,
            Arm arm,
            float score,
            float propensity,
            float expectedGain,
            int flags,
            int ef,
            int topk,
            int rerankDepth)
            implements Observation {}

    /**
     * What became of a query; NaN where the node didn't know.
     *
     * @param latencyMicros extra latency.
     * @param ndcg nDCG@10.
     * @param baselineNdcg the baseline's, for the same query.
     * @param jaccard of the top ten against the baseline's.
     * @param label 1 when spending helped, else 0.
     * @param topTen document ids, best first.
     */
    record Outcome(
            long timeMillis,
            long decisionId,
            float latencyMicros,
            float ndcg,
            float baselineNdcg,
            float jaccard,
            float label,
            List<String> topTen)
            implements Observation {}
}

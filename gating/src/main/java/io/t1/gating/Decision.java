package io.t1.gating;

import io.t1.codec.Arm;

/**
 * One decision: a view of its thread's latest, reused from call to call.
 *
 * <p>Threading: the thread whose {@link DeciderThread} gave it. Allocation: none.
 */
public final class Decision {
    private final DecisionBatch batch;

    Decision(final DecisionBatch batch) {
        this.batch = batch;
    }

    /** What to do. */
    public Arm arm() {
        return Arm.ofCode(batch.arm[0]);
    }

    /** ef to search with. */
    public int ef() {
        return batch.ef(0);
    }

    /** Candidates to take. */
    public int topk() {
        return batch.topk(0);
    }

    /** Documents to rerank. */
    public int rerankDepth() {
        return batch.rerankDepth(0);
    }

    /** Claim on time, 0 to 1; NaN from the built-in baseline, as the other outputs are. */
    public float tau() {
        return batch.tau[0];
    }

    /** Most extra latency to spend, in milliseconds. */
    public float spendCapMs() {
        return batch.spendCapMs[0];
    }

    /** Least expected gain worth any spend, in nDCG. */
    public float minConfGain() {
        return batch.minConfGain[0];
    }

    /** The score that the gate used. */
    public float score() {
        return batch.score[0];
    }

    /** Expected gain in nDCG; NaN when the table has none. */
    public float expectedGain() {
        return batch.expectedGain[0];
    }

    /** Chance with which the arm was chosen. */
    public float propensity() {
        return batch.propensity[0];
    }

    /** Identity of the decision, for its outcome. */
    public long decisionId() {
        return batch.decisionId[0];
    }

    /** Bits of {@link DecisionFlag}. */
    public int flags() {
        return batch.flags(0);
    }

    /** Version of the table that decided; 0 for the built-in baseline. */
    public long tableVersion() {
        return batch.tableVersion;
    }
}

package io.t1.gating;

import io.t1.codec.frame.DecideResponseColumns;

/**
 * The decisions of one batch, column by column, reused from batch to batch.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
public final class DecisionBatch {
    /** Most queries in a batch. */
    public static final int MAX_QUERIES = 1024;

    private static final int EF_SHIFT = 16;
    private static final int TOPK_SHIFT = 32;
    private static final int RERANK_DEPTH_SHIFT = 48;
    private static final int FIELD = 0xFFFF;

    final float[] tau;
    final float[] spendCapMs;
    final float[] minConfGain;
    final float[] score;
    final float[] expectedGain;
    final float[] propensity;
    final long[] decisionId;
    final long[] done;
    final byte[] arm;
    /** Where the frontier has what is done: of use while a batch is decided. */
    final int[] cell;

    int count;
    /** Whether {@code score} has any of the node's own when a batch is handed to the gate. */
    boolean hasNodeScores;

    long tableVersion;

    /**
     * @param capacity most queries it can hold, 1 to {@link #MAX_QUERIES}.
     */
    public DecisionBatch(final int capacity) {
        if (capacity < 1 || capacity > MAX_QUERIES) {
            throw new IllegalArgumentException("capacity=" + capacity + " not in 1.." + MAX_QUERIES);
        }
        tau = new float[capacity];
        spendCapMs = new float[capacity];
        minConfGain = new float[capacity];
        score = new float[capacity];
        expectedGain = new float[capacity];
        propensity = new float[capacity];
        decisionId = new long[capacity];
        done = new long[capacity];
        arm = new byte[capacity];
        cell = new int[capacity];
    }

    /** Most queries it can hold. */
    public int capacity() {
        return arm.length;
    }

    /** Queries decided. */
    public int count() {
        return count;
    }

    /** Version of the table that decided all of them. */
    public long tableVersion() {
        return tableVersion;
    }

    /** Code of the arm of query q. */
    public byte arm(final int q) {
        return arm[q];
    }

    /** Claim on time of query q, 0 to 1. */
    public float tau(final int q) {
        return tau[q];
    }

    /** Most extra latency to spend on query q, in milliseconds. */
    public float spendCapMs(final int q) {
        return spendCapMs[q];
    }

    /** Least expected gain worth any spend on query q, in nDCG. */
    public float minConfGain(final int q) {
        return minConfGain[q];
    }

    /** The score that the gate used for query q. */
    public float score(final int q) {
        return score[q];
    }

    /** Expected gain of query q in nDCG; NaN when the table has none. */
    public float expectedGain(final int q) {
        return expectedGain[q];
    }

    /** Chance with which query q's arm was chosen. */
    public float propensity(final int q) {
        return propensity[q];
    }

    /** Identity of query q's decision, for its outcome. */
    public long decisionId(final int q) {
        return decisionId[q];
    }

    /**
     * What is to be done with query q, 16 bits each from the lowest: {@link #flags}, {@link #ef}, {@link #topk}, {@link
     * #rerankDepth}. So the wire has them too, and a decision is one load and one store instead of four.
     */
    public long done(final int q) {
        return done[q];
    }

    static long done(final int flags, final int ef, final int topk, final int rerankDepth) {
        return flags
                | ((long) ef << EF_SHIFT)
                | ((long) topk << TOPK_SHIFT)
                | ((long) rerankDepth << RERANK_DEPTH_SHIFT);
    }

    /** Writes all decisions into a response that was started for as many. */
    public void writeTo(final DecideResponseColumns response) {
        response.decisionIds(decisionId)
                .policies(tau, spendCapMs, minConfGain)
                .evidence(score, expectedGain, propensity)
                .done(done, arm);
    }

    /** Bits of {@link DecisionFlag} for query q. */
    public int flags(final int q) {
        return (int) done[q] & FIELD;
    }

    /** ef to search with. */
    public int ef(final int q) {
        return (int) (done[q] >>> EF_SHIFT) & FIELD;
    }

    /** Candidates to take. */
    public int topk(final int q) {
        return (int) (done[q] >>> TOPK_SHIFT) & FIELD;
    }

    /** Documents to rerank. */
    public int rerankDepth(final int q) {
        return (int) (done[q] >>> RERANK_DEPTH_SHIFT);
    }
}

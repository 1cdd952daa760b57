package io.t1.gating;

/**
 * The decisions of one batch, column by column, reused from batch to batch.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
public final class DecisionBatch {
    /** Most queries in a batch. */
    public static final int MAX_QUERIES = 1024;

    final float[] tau;
    final float[] spendCapMs;
    final float[] minConfGain;
    final float[] score;
    final float[] expectedGain;
    final float[] propensity;
    final long[] decisionId;
    final short[] flags;
    final char[] ef;
    final char[] topk;
    final char[] rerankDepth;
    final byte[] arm;
    int count;
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
        flags = new short[capacity];
        ef = new char[capacity];
        topk = new char[capacity];
        rerankDepth = new char[capacity];
        arm = new byte[capacity];
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

    /** Bits of {@link DecisionFlag} for query q. */
    public int flags(final int q) {
        return flags[q] & 0xFFFF;
    }

    /** ef to search with. */
    public int ef(final int q) {
        return ef[q];
    }

    /** Candidates to take. */
    public int topk(final int q) {
        return topk[q];
    }

    /** Documents to rerank. */
    public int rerankDepth(final int q) {
        return rerankDepth[q];
    }
}

package io.t1.codec.client;

/**
 * What became of a decision. A holder for reuse: {@link #of} starts over with nothing known.
 *
 * <p>Threading: one thread. Allocation: none.
 */
public final class OutcomeReport {
    long decisionId;
    float latencyMicros = Float.NaN;
    float ndcg = Float.NaN;
    float baselineNdcg = Float.NaN;
    float jaccard = Float.NaN;
    float label = Float.NaN;
    String topTen = "";

    /** Starts the report of a decision; one that the client degraded has id 0 and isn't sent. */
    public OutcomeReport of(final long decisionId) {
        this.decisionId = decisionId;
        latencyMicros = Float.NaN;
        ndcg = Float.NaN;
        baselineNdcg = Float.NaN;
        jaccard = Float.NaN;
        label = Float.NaN;
        topTen = "";
        return this;
    }

    /** The query's latency in microseconds, at least 0. */
    public OutcomeReport latencyMicros(final float latencyMicros) {
        this.latencyMicros = checked("latencyMicros", latencyMicros, Float.MAX_VALUE);
        return this;
    }

    /** NDCG@10 of what was served, 0 to 1. */
    public OutcomeReport ndcg(final float ndcg) {
        this.ndcg = checked("ndcg", ndcg, 1);
        return this;
    }

    /** The baseline's nDCG@10 for the same query, 0 to 1. */
    public OutcomeReport baselineNdcg(final float baselineNdcg) {
        this.baselineNdcg = checked("baselineNdcg", baselineNdcg, 1);
        return this;
    }

    /** Jaccard@10 of the top ten served and the baseline's, 0 to 1. */
    public OutcomeReport jaccard(final float jaccard) {
        this.jaccard = checked("jaccard", jaccard, 1);
        return this;
    }

    /** 1 when spending helped, else 0. */
    public OutcomeReport label(final float label) {
        this.label = checked("label", label, 1);
        return this;
    }

    /** The ids of the top ten, one a line; ASCII ids are sent without allocating. */
    public OutcomeReport topTen(final String topTen) {
        this.topTen = topTen;
        return this;
    }

    private static float checked(final String name, final float value, final float most) {
        if (value < 0 || value > most) {
            throw new IllegalArgumentException(name + "=" + value + " not in 0.." + most + ", nor NaN for unknown");
        }
        return value;
    }
}

package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.Arrays;
import java.util.List;

/**
 * What each arm gave and cost, query by query, in columns.
 *
 * @param ndcg10 {@code [arm][query]}.
 * @param latencyMs whole latency, {@code [arm][query]}.
 */
public record MeasuredArms(double[][] ndcg10, double[][] latencyMs) {
    /** The columns of measured queries. */
    public static MeasuredArms of(final MeasuredQueries measured) {
        final List<MeasuredQuery> queries = measured.queries();
        final double[][] ndcg10 = new double[Arm.COUNT][queries.size()];
        final double[][] latencyMs = new double[Arm.COUNT][queries.size()];
        for (int q = 0; q < queries.size(); q++) {
            final MeasuredQuery query = queries.get(q);
            for (int arm = 0; arm < Arm.COUNT; arm++) {
                ndcg10[arm][q] = query.ndcg10()[arm];
                latencyMs[arm][q] = query.latencyMicros()[arm] / 1_000;
            }
        }
        return new MeasuredArms(ndcg10, latencyMs);
    }

    /** Queries. */
    public int size() {
        return ndcg10[0].length;
    }

    /** nDCG of an arm over SKIP's, for one query. */
    public double gain(final int arm, final int q) {
        return ndcg10[arm][q] - ndcg10[0][q];
    }

    /** Latency of an arm over SKIP's, for one query, in ms; may be below 0 where measurements are noisy. */
    public double costMs(final int arm, final int q) {
        return latencyMs[arm][q] - latencyMs[0][q];
    }

    /** Mean gain of an arm given to all. */
    public double meanGain(final int arm) {
        return mean(ndcg10[arm]) - mean(ndcg10[0]);
    }

    /** Mean cost of an arm given to all, in ms. */
    public double meanCostMs(final int arm) {
        return mean(latencyMs[arm]) - mean(latencyMs[0]);
    }

    /** The same for some of the queries, in the order of {@code indexes}. */
    public MeasuredArms at(final int[] indexes) {
        return new MeasuredArms(pick(ndcg10, indexes), pick(latencyMs, indexes));
    }

    private static double[][] pick(final double[][] columns, final int[] indexes) {
        final double[][] picked = new double[columns.length][];
        for (int c = 0; c < columns.length; c++) {
            final double[] column = columns[c];
            picked[c] = Arrays.stream(indexes).mapToDouble(i -> column[i]).toArray();
        }
        return picked;
    }

    private static double mean(final double[] values) {
        return Arrays.stream(values).sum() / values.length;
    }
}

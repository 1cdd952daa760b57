package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.ops.statistics.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What each arm gave and cost, query by query, in columns: measured, or, of a log of one arm a query, doubly robust scores,
 * whose means over queries estimate the same, though one by one they are no outcomes (Dudík, Langford and Li 2011).
 *
 * @param ndcg10 {@code [arm][query]}.
 * @param latencyMs whole latency, {@code [arm][query]}.
 * @param log what was logged; null where every arm was measured.
 */
public record MeasuredArms(
        double[][] ndcg10, double[][] latencyMs, @Nullable LoggedArms log) {
    private static final double P95 = 0.95;

    /** Of queries measured under every arm. */
    public MeasuredArms(final double[][] ndcg10, final double[][] latencyMs) {
        this(ndcg10, latencyMs, null);
    }

    /** The columns of measured queries. */
    public static MeasuredArms of(final MeasuredQueries measured) {
        final List<MeasuredQuery> queries = measured.queries();
        final double[][] ndcg10 = new double[Arm.COUNT][queries.size()];
        final double[][] latencyMs = new double[Arm.COUNT][queries.size()];
        IntStream.range(0, queries.size()).parallel().forEach(q -> {
            final MeasuredQuery query = queries.get(q);
            for (int arm = 0; arm < Arm.COUNT; arm++) {
                ndcg10[arm][q] = query.ndcg10()[arm];
                latencyMs[arm][q] = query.latencyMicros()[arm] / 1_000;
            }
        });
        return new MeasuredArms(ndcg10, latencyMs);
    }

    /** nDCG of one query under each arm. */
    public double[] ndcg10Of(final int q) {
        return ofQuery(ndcg10, q);
    }

    /** Latency of one query under each arm. */
    public double[] latencyMsOf(final int q) {
        return ofQuery(latencyMs, q);
    }

    private static double[] ofQuery(final double[][] columns, final int q) {
        final double[] values = new double[columns.length];
        for (int arm = 0; arm < values.length; arm++) {
            values[arm] = columns[arm][q];
        }
        return values;
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

    /** p95 of the whole latency under a choice of arms: nearest rank, of a log by inverse propensity. */
    public double p95Ms(final byte[] arms) {
        if (log != null) {
            return log.latencyPercentile(arms, P95);
        }
        final double[] latencies = new double[arms.length];
        Arrays.setAll(latencies, q -> latencyMs[arms[q]][q]);
        return Percentiles.nearestRank(latencies, P95);
    }

    /** p95 of an arm's latency over SKIP's: nearest rank, of a log over what SKIP would be expected to take. */
    double p95CostMs(final Arm arm) {
        if (log != null) {
            return log.costPercentile(arm, P95);
        }
        final double[] costs = new double[size()];
        Arrays.setAll(costs, q -> costMs(arm.code(), q));
        return Percentiles.nearestRank(costs, P95);
    }

    /** What a log can say of a choice of arms; null where every arm was measured. */
    public @Nullable LogSupport support(final byte[] arms) {
        return log == null ? null : LogSupport.of(log, arms);
    }

    /** The same for some of the queries, in the order of {@code indexes}. */
    public MeasuredArms at(final int[] indexes) {
        return new MeasuredArms(pick(ndcg10, indexes), pick(latencyMs, indexes), log == null ? null : log.at(indexes));
    }

    static double[][] pick(final double[][] columns, final int[] indexes) {
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

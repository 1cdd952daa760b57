package io.t1.ops.gate;

import io.t1.codec.Arm;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What was logged of each query: one arm, the chance that it had, and its latency; for what isn't a mean, and so can't be
 * had from {@link MeasuredArms}'s doubly robust columns.
 *
 * @param arm code of the arm that ran, one a query.
 * @param propensity of that arm, above 0.
 * @param latencyMs under that arm.
 * @param skipMs what SKIP would be expected to take, by a model that hadn't seen the query.
 * @param steadyMs doubly robust scores of latencies cut at their p99.5, {@code [arm][query]}: a pause of the machine says
 *     nothing of the query, and an inverse propensity would make much of it.
 */
public record LoggedArms(byte[] arm, double[] propensity, double[] latencyMs, double[] skipMs, double[][] steadyMs) {
    /** Steady latency of an arm over SKIP's, a score for one query, in ms. */
    public double steadyCostMs(final int asked, final int q) {
        return steadyMs[asked][q] - steadyMs[Arm.SKIP.code()][q];
    }

    /** Inverse propensity where the arm logged is the one asked about, else 0. */
    double weight(final int q, final int asked) {
        return arm[q] == asked ? 1 / propensity[q] : 0;
    }

    /** The percentile of the whole latency under a choice of arms: over the rows that agree, by inverse propensity. */
    double latencyPercentile(final byte[] arms, final double p) {
        return percentile(arms, latencyMs, p);
    }

    /** The percentile of an arm's latency over what SKIP would be expected to take, by inverse propensity. */
    double costPercentile(final Arm asked, final double p) {
        final byte[] arms = new byte[arm.length];
        Arrays.fill(arms, asked.code());
        final double[] costs = new double[arm.length];
        Arrays.setAll(costs, q -> latencyMs[q] - skipMs[q]);
        return percentile(arms, costs, p);
    }

    /**
     * Whose mean over queries is, for each arm given to all, the share of queries that take longer than a limit: {@code
     * [arm][query]}, 0 but for rows that ran the arm and took longer.
     */
    double[][] sharesOver(final double limitMs) {
        final int n = arm.length;
        final double[] weights = new double[Arm.COUNT];
        for (int q = 0; q < n; q++) {
            weights[arm[q]] += 1 / propensity[q];
        }
        final double[][] shares = new double[Arm.COUNT][n];
        for (int q = 0; q < n; q++) {
            if (latencyMs[q] > limitMs) {
                shares[arm[q]][q] = n / (propensity[q] * weights[arm[q]]);
            }
        }
        return shares;
    }

    private double percentile(final byte[] arms, final double[] values, final double p) {
        final int[] order = IntStream.range(0, arms.length)
                .filter(q -> arm[q] == arms[q])
                .boxed()
                .sorted(Comparator.comparingDouble(q -> values[q]))
                .mapToInt(q -> q)
                .toArray();
        double left =
                p * IntStream.of(order).mapToDouble(q -> 1 / propensity[q]).sum();
        for (final int q : order) {
            left -= 1 / propensity[q];
            if (left <= 0) {
                return values[q];
            }
        }
        return order.length == 0 ? Double.NaN : values[order[order.length - 1]];
    }

    LoggedArms at(final int[] indexes) {
        final byte[] arms = new byte[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            arms[i] = arm[indexes[i]];
        }
        return new LoggedArms(
                arms,
                Arrays.stream(indexes).mapToDouble(q -> propensity[q]).toArray(),
                Arrays.stream(indexes).mapToDouble(q -> latencyMs[q]).toArray(),
                Arrays.stream(indexes).mapToDouble(q -> skipMs[q]).toArray(),
                MeasuredArms.pick(steadyMs, indexes));
    }
}

package io.t1.ops.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Area under the ROC curve with DeLong's interval (DeLong, DeLong and Clarke-Pearson 1988, by the mid-ranks of Sun and
 * Xu 2014).
 *
 * @param auc chance that a positive scores above a negative, ties half; NaN when either kind is missing.
 * @param lo lower end of the interval, within 0..1.
 * @param hi upper end of the interval, within 0..1.
 * @param positives positives in the sample.
 * @param negatives negatives in the sample.
 */
public record RocAuc(double auc, double lo, double hi, int positives, int negatives) {
    /**
     * Of scores and labels, as many of each.
     *
     * @param confidence of the interval, e.g. 0.95.
     */
    public static RocAuc of(final double[] scores, final boolean[] positive, final double confidence) {
        if (scores.length != positive.length) {
            throw new IllegalArgumentException("scores=" + scores.length + ", labels=" + positive.length);
        }
        final double[] pos = IntStream.range(0, scores.length)
                .filter(i -> positive[i])
                .mapToDouble(i -> scores[i])
                .toArray();
        final double[] neg = IntStream.range(0, scores.length)
                .filter(i -> !positive[i])
                .mapToDouble(i -> scores[i])
                .toArray();
        final int m = pos.length;
        final int n = neg.length;
        if (m == 0 || n == 0) {
            return new RocAuc(Double.NaN, Double.NaN, Double.NaN, m, n);
        }
        final double[] all = Arrays.copyOf(pos, m + n);
        System.arraycopy(neg, 0, all, m, n);
        final double[] rankAll = midRanks(all);
        final double[] rankPos = midRanks(pos);
        final double[] rankNeg = midRanks(neg);
        final double[] v10 = new double[m];
        final double[] v01 = new double[n];
        double auc = 0;
        for (int i = 0; i < m; i++) {
            v10[i] = (rankAll[i] - rankPos[i]) / n;
            auc += v10[i] / m;
        }
        for (int j = 0; j < n; j++) {
            v01[j] = 1 - (rankAll[m + j] - rankNeg[j]) / m;
        }
        final double error = Math.sqrt(variance(v10) / m + variance(v01) / n);
        final double z = StandardNormal.quantile(1 - (1 - confidence) / 2);
        return new RocAuc(auc, Math.max(0, auc - z * error), Math.min(1, auc + z * error), m, n);
    }

    private static double variance(final double[] values) {
        final double mean = Arrays.stream(values).average().orElse(0);
        return values.length < 2
                ? 0
                : Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (values.length - 1);
    }

    private static double[] midRanks(final double[] values) {
        final int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> values[i]))
                .mapToInt(i -> i)
                .toArray();
        final double[] ranks = new double[values.length];
        int from = 0;
        while (from < order.length) {
            int to = from;
            while (to < order.length && values[order[to]] == values[order[from]]) {
                to++;
            }
            for (int i = from; i < to; i++) {
                ranks[order[i]] = 0.5 * (from + 1 + to);
            }
            from = to;
        }
        return ranks;
    }
}

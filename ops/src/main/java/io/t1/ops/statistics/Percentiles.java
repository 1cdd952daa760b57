package io.t1.ops.statistics;

import java.util.Arrays;

/** Percentiles of a sample. Threading: any. */
public final class Percentiles {
    private Percentiles() {}

    /**
     * The order statistic of rank {@code ceil(p * n)}: the least value that a share {@code p} of the sample stays
     * within. This is what latency limits are judged by.
     *
     * @param sample one value or more; not changed.
     * @param p 0 to 1.
     */
    public static double nearestRank(final double[] sample, final double p) {
        final double[] sorted = sample.clone();
        Arrays.sort(sorted);
        return sorted[rank(p, sorted.length) - 1];
    }

    /** The rank, from 1, of {@link #nearestRank} among n. */
    public static int rank(final double p, final int n) {
        if (n < 1) {
            throw new IllegalArgumentException("sample is empty");
        }
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p=" + p + " not in 0..1");
        }
        // p * n of 0.95 * 20 is a hair above 19 in binary: step back by an ulp's worth before rounding up
        return Math.clamp((long) Math.ceil(p * n - 1e-9 * n), 1, n);
    }

    /**
     * The percentile between order statistics (Hyndman and Fan's type 7).
     *
     * @param sorted ascending, one value or more.
     * @param p 0 to 1.
     */
    public static double ofSorted(final double[] sorted, final double p) {
        if (sorted.length == 0) {
            throw new IllegalArgumentException("sample is empty");
        }
        if (!(p >= 0 && p <= 1)) {
            throw new IllegalArgumentException("p=" + p + " not in 0..1");
        }
        final double position = p * (sorted.length - 1);
        final int left = (int) position;
        final double beyond = position - left;
        return beyond == 0 ? sorted[left] : sorted[left] + beyond * (sorted[left + 1] - sorted[left]);
    }
}

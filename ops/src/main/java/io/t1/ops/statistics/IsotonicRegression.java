package io.t1.ops.statistics;

import java.util.Arrays;

/**
 * A non-decreasing step function fitted by least squares (the pool-adjacent-violators algorithm), read between its
 * steps by linear interpolation.
 *
 * <p>Threading: any once built.
 */
public final class IsotonicRegression {
    private final double[] positions;
    private final double[] levels;

    private IsotonicRegression(final double[] positions, final double[] levels) {
        this.positions = positions;
        this.levels = levels;
    }

    /**
     * Fits to points in any order; equal x share one level.
     *
     * @param x finite, as long as {@code y}, one point or more.
     */
    public static IsotonicRegression fit(final double[] x, final double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("x.length=" + x.length + ", y.length=" + y.length);
        }
        final int[] order = AscendingOrder.of(x);
        final double[] distinct = new double[x.length];
        final double[] means = new double[x.length];
        final double[] weights = new double[x.length];
        int count = 0;
        for (final int i : order) {
            if (count == 0 || distinct[count - 1] != x[i]) {
                distinct[count++] = x[i];
            }
            weights[count - 1]++;
            means[count - 1] += (y[i] - means[count - 1]) / weights[count - 1];
        }
        final double[] pooled = pool(Arrays.copyOf(means, count), Arrays.copyOf(weights, count));
        return endsOfLevels(distinct, pooled);
    }

    /** Between two positions of one level there is nothing to say: their ends are enough. */
    private static IsotonicRegression endsOfLevels(final double[] positions, final double[] levels) {
        final double[] ends = new double[levels.length];
        final double[] atEnds = new double[levels.length];
        int count = 0;
        for (int i = 0; i < levels.length; i++) {
            if (i == 0 || i == levels.length - 1 || levels[i] != levels[i - 1] || levels[i] != levels[i + 1]) {
                ends[count] = positions[i];
                atEnds[count++] = levels[i];
            }
        }
        return new IsotonicRegression(Arrays.copyOf(ends, count), Arrays.copyOf(atEnds, count));
    }

    /**
     * The non-decreasing sequence nearest to {@code y} in weighted least squares.
     *
     * @param weights above zero, as many as {@code y}.
     */
    public static double[] pool(final double[] y, final double[] weights) {
        final double[] level = new double[y.length];
        final double[] mass = new double[y.length];
        final int[] size = new int[y.length];
        int blocks = 0;
        for (int i = 0; i < y.length; i++) {
            level[blocks] = y[i];
            mass[blocks] = weights[i];
            size[blocks++] = 1;
            while (blocks > 1 && level[blocks - 2] > level[blocks - 1]) {
                final double both = mass[blocks - 2] + mass[blocks - 1];
                level[blocks - 2] =
                        (level[blocks - 2] * mass[blocks - 2] + level[blocks - 1] * mass[blocks - 1]) / both;
                mass[blocks - 2] = both;
                size[blocks - 2] += size[blocks - 1];
                blocks--;
            }
        }
        final double[] fitted = new double[y.length];
        int from = 0;
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(fitted, from, from + size[b], level[b]);
            from += size[b];
        }
        return fitted;
    }

    /** The fitted value at x: beyond the ends, the end's. */
    public double at(final double x) {
        final int found = Arrays.binarySearch(positions, x);
        if (found >= 0) {
            return levels[found];
        }
        final int right = -found - 1;
        if (right == 0) {
            return levels[0];
        }
        if (right == positions.length) {
            return levels[right - 1];
        }
        final double share = (x - positions[right - 1]) / (positions[right] - positions[right - 1]);
        return levels[right - 1] + share * (levels[right] - levels[right - 1]);
    }
}

package io.t1.ops.statistics;

import java.util.Arrays;

/** How well one series follows another. Threading: any. */
public final class Agreement {
    private Agreement() {}

    /** Pearson's correlation; 0 when either series is constant. */
    public static double correlation(final double[] x, final double[] y) {
        requireSameLength(x, y);
        final double meanX = Arrays.stream(x).average().orElse(0);
        final double meanY = Arrays.stream(y).average().orElse(0);
        double xy = 0;
        double xx = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }

    /**
     * The share of the observed variance that the fit explains, {@code 1 - SSE/SST}; below 0 when the mean would do
     * better; of a constant series 1 when it is met exactly, else 0.
     */
    public static double rSquared(final double[] observed, final double[] fitted) {
        requireSameLength(observed, fitted);
        final double mean = Arrays.stream(observed).average().orElse(0);
        double residual = 0;
        double total = 0;
        for (int i = 0; i < observed.length; i++) {
            residual += (observed[i] - fitted[i]) * (observed[i] - fitted[i]);
            total += (observed[i] - mean) * (observed[i] - mean);
        }
        if (total == 0) {
            return residual == 0 ? 1 : 0;
        }
        return 1 - residual / total;
    }

    /** The same over weighted observations, not all of weight 0. */
    public static double rSquared(final double[] observed, final double[] fitted, final double[] weights) {
        requireSameLength(observed, fitted);
        requireSameLength(observed, weights);
        final double mass = Arrays.stream(weights).sum();
        double mean = 0;
        for (int i = 0; i < observed.length; i++) {
            mean += weights[i] / mass * observed[i];
        }
        double residual = 0;
        double total = 0;
        for (int i = 0; i < observed.length; i++) {
            residual += weights[i] * (observed[i] - fitted[i]) * (observed[i] - fitted[i]);
            total += weights[i] * (observed[i] - mean) * (observed[i] - mean);
        }
        if (total == 0) {
            return residual == 0 ? 1 : 0;
        }
        return 1 - residual / total;
    }

    private static void requireSameLength(final double[] x, final double[] y) {
        if (x.length == 0 || x.length != y.length) {
            throw new IllegalArgumentException("lengths " + x.length + " and " + y.length + ", must be equal, above 0");
        }
    }
}

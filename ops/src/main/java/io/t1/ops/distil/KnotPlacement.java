package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;

/**
 * Chooses a feature's 17 knots among the places of its grid, the ends included, for all outputs at once, by dynamic
 * programming (Bellman and Roth 1969).
 *
 * <p>Exact for this loss: the mean square, weighted by the queries, between each shape and the polyline that joins the
 * shape's own values at the knots, in units of the output's variance, summed over outputs; plus {@value #EVENNESS} times
 * the sum of the segments' squared shares of queries, which spreads knots evenly where shapes say nothing. The values at
 * the knots are fitted afterwards, jointly, which can only lower the loss further; with those values free too, the
 * problem isn't one of segments any more, and this isn't exact for it.
 */
final class KnotPlacement {
    private static final int KNOTS = FeatureSpec.KNOTS;
    private static final double EVENNESS = 1e-3;

    private KnotPlacement() {}

    /**
     * Places knots.
     *
     * @param places ascending; more than 17.
     * @param mass of the queries at each place, summing to 1.
     * @param shapes {@code [output][place]}.
     * @param variances of each output; outputs of none don't count.
     * @return indexes of 17 places, ascending.
     */
    static int[] place(final float[] places, final double[] mass, final double[][] shapes, final double[] variances) {
        final int n = places.length;
        final double[][] loss = segmentLosses(places, mass, shapes, variances);
        double[] least = loss[0].clone(); // one segment from the first place to each
        final int[][] from = new int[KNOTS - 1][n];
        for (int segment = 1; segment < KNOTS - 1; segment++) {
            final double[] next = new double[n];
            Arrays.fill(next, Double.POSITIVE_INFINITY);
            for (int i = segment; i < n - 1; i++) {
                for (int j = i + 1; j < n; j++) {
                    final double sum = least[i] + loss[i][j];
                    if (sum < next[j]) {
                        next[j] = sum;
                        from[segment][j] = i;
                    }
                }
            }
            least = next;
        }
        final int[] knots = new int[KNOTS];
        knots[KNOTS - 1] = n - 1;
        for (int segment = KNOTS - 2; segment > 0; segment--) {
            knots[segment] = from[segment][knots[segment + 1]];
        }
        return knots;
    }

    /** {@code [i][j]}: what a straight line from the shapes' values at i to those at j loses. */
    static double[][] segmentLosses(
            final float[] places, final double[] mass, final double[][] shapes, final double[] variances) {
        final int n = places.length;
        final double[][] loss = new double[n][n];
        for (int i = 0; i < n; i++) {
            loss[i][i] = Double.POSITIVE_INFINITY;
            double share = mass[i] / 2; // an end's queries count half in the segments on either side
            for (int j = i + 1; j < n; j++) {
                final double whole = share + mass[j] / 2;
                loss[i][j] = EVENNESS * whole * whole;
                share += mass[j];
            }
        }
        for (int o = 0; o < shapes.length; o++) {
            if (variances[o] > 0) {
                addLosses(loss, places, mass, shapes[o], 1 / variances[o]);
            }
        }
        return loss;
    }

    private static void addLosses(
            final double[][] loss,
            final float[] places,
            final double[] mass,
            final double[] shape,
            final double scale) {
        final int n = places.length;
        for (int i = 0; i < n; i++) {
            // sums of places strictly between i and j, taken from i, so that nothing large cancels
            double uu = 0;
            double uv = 0;
            double vv = 0;
            for (int j = i + 1; j < n; j++) {
                final double u = (double) places[j] - places[i];
                final double v = shape[j] - shape[i];
                final double slope = v / u;
                loss[i][j] += scale * Math.max(0, vv - 2 * slope * uv + slope * slope * uu);
                uu += mass[j] * u * u;
                uv += mass[j] * u * v;
                vv += mass[j] * v * v;
            }
        }
    }
}

package io.t1.ops.distil;

import io.t1.ops.statistics.IsotonicRegression;
import java.util.Arrays;

/**
 * Smooths weighted means along a grid: penalised second differences (Whittaker 1923), and then, where a direction must be
 * kept, the nearest sequence that keeps it (Mammen 1991).
 *
 * <p>The penalty grows with the fourth power of how far a smooth is to reach, as the kernel of such a smoother does
 * (Silverman 1984).
 */
final class GridSmoother {
    private static final double LEAST_WEIGHT = 1e-12;

    private GridSmoother() {}

    /**
     * Smooths.
     *
     * @param means at each place; not changed.
     * @param weights 0 or more, as many.
     * @param reach places to either side, about; under 1 hardly anything is smoothed.
     * @param direction of {@link Directions}.
     */
    static double[] smooth(final double[] means, final double[] weights, final double reach, final int direction) {
        return smooth(means, weights, reach, direction, new int[0]);
    }

    /**
     * The same, but for jumps, over which nothing is smoothed.
     *
     * @param jumps the places before them.
     */
    static double[] smooth(
            final double[] means, final double[] weights, final double reach, final int direction, final int[] jumps) {
        final int n = means.length;
        double total = 0;
        final double[] kept = new double[n];
        for (int i = 0; i < n; i++) {
            kept[i] = weights[i] + LEAST_WEIGHT;
            total += kept[i];
        }
        final double penalty = total / n * Math.pow(reach, 4);
        final double[] smooth = n < 3 ? means.clone() : solved(means, kept, penalties(n, penalty, jumps));
        if (!Directions.kept(direction)) {
            return smooth;
        }
        for (int i = 0; i < n; i++) {
            smooth[i] *= direction;
        }
        final double[] pooled = IsotonicRegression.pool(smooth, kept);
        for (int i = 0; i < n; i++) {
            pooled[i] *= direction;
        }
        return pooled;
    }

    /** Of each second difference: none where it spans a jump. */
    private static double[] penalties(final int n, final double penalty, final int[] jumps) {
        final double[] penalties = new double[n]; // the last two are of none
        Arrays.fill(penalties, 0, n - 2, penalty);
        for (final int jump : jumps) {
            penalties[jump] = 0;
            penalties[Math.max(0, jump - 1)] = 0;
        }
        return penalties;
    }

    /** Solves {@code (W + D'PD) s = W m}, five diagonals wide, by LDL'. */
    private static double[] solved(final double[] means, final double[] weights, final double[] penalties) {
        final int n = means.length;
        final double[] pivot = new double[n];
        final double[] first = new double[n];
        final double[] second = new double[n];
        final double[] s = new double[n];
        for (int i = 0; i < n; i++) {
            // the second differences that i takes part in: as an end, as the middle, as the other end
            final double asEnd = penalties[i];
            final double asMiddle = i > 0 ? penalties[i - 1] : 0;
            final double asOtherEnd = i > 1 ? penalties[i - 2] : 0;
            final double diagonal = weights[i] + asEnd + 4 * asMiddle + asOtherEnd;
            final double next = -2 * asEnd - 2 * asMiddle;
            final double afterNext = asEnd;
            final double l1 = i > 0 ? first[i - 1] : 0;
            final double l2 = i > 1 ? second[i - 2] : 0;
            pivot[i] = diagonal - (i > 0 ? l1 * l1 * pivot[i - 1] : 0) - (i > 1 ? l2 * l2 * pivot[i - 2] : 0);
            first[i] = (next - (i > 0 ? pivot[i - 1] * l1 * second[i - 1] : 0)) / pivot[i];
            second[i] = afterNext / pivot[i];
            s[i] = weights[i] * means[i] - l1 * (i > 0 ? s[i - 1] : 0) - l2 * (i > 1 ? s[i - 2] : 0);
        }
        for (int i = n - 1; i >= 0; i--) {
            s[i] /= pivot[i];
            s[i] -= i + 1 < n ? first[i] * s[i + 1] : 0;
            s[i] -= i + 2 < n ? second[i] * s[i + 2] : 0;
        }
        return s;
    }
}

package io.t1.ops.distil;

import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import java.util.Arrays;

/**
 * Rounds an additive model to INT8 knots with one scale.
 *
 * <p>The scale is the least at which every feature's knots, centred on their range, fit in +-127. After rounding, knots
 * are stepped by one, in turn, while that brings the table nearer to the model in mean square over the training queries;
 * no step is taken against a direction that must be kept. An exact projection onto the directions comes before and after.
 */
final class Int8Rounding {
    private static final int KNOTS = HatGram.KNOTS;
    private static final int MOST = 127;
    private static final int SWEEPS = 12;
    /** One INT8 step in steps of the accumulator. */
    private static final double ACCUMULATOR_STEPS = 1024;

    private static final double LEAST_STEP = 1e-9;

    private Int8Rounding() {}

    /**
     * Rounds.
     *
     * @param normal of the queries over which closeness is meant.
     * @param directions per feature, of {@link Directions}.
     */
    static OutputSpec round(
            final OutputName name,
            final AdditiveModel model,
            final HatGram normal,
            final int[] directions,
            final float lo,
            final float hi) {
        return round(name, model, normal, directions, lo, hi, LEAST_STEP);
    }

    /** The least step at which grids of pairs fit in +-127. */
    static double stepFor(final double[][] grids) {
        double step = LEAST_STEP;
        for (final double[] grid : grids) {
            step = Math.max(step, Math.max(max(grid), -min(grid)) / MOST);
        }
        return step;
    }

    /** A pair's grid in the steps of an output. */
    static byte[] rounded(final double[] grid, final float scale) {
        final byte[] values = new byte[grid.length];
        for (int i = 0; i < grid.length; i++) {
            values[i] = (byte) Math.clamp(Math.round(grid[i] / (scale * ACCUMULATOR_STEPS)), -MOST, MOST);
        }
        return values;
    }

    /**
     * Rounds, with a step at least so large.
     *
     * @param leastStep in the output's unit.
     */
    static OutputSpec round(
            final OutputName name,
            final AdditiveModel model,
            final HatGram normal,
            final int[] directions,
            final float lo,
            final float hi,
            final double leastStep) {
        final int features = model.knots().length;
        double step = leastStep;
        for (final double[] knots : model.knots()) {
            step = Math.max(step, (max(knots) - min(knots)) / 2 / MOST);
        }
        final double[] wanted = new double[features * KNOTS];
        final int[] rounded = new int[features * KNOTS];
        for (int f = 0; f < features; f++) {
            final double middle = (max(model.knots()[f]) + min(model.knots()[f])) / 2;
            for (int i = 0; i < KNOTS; i++) {
                wanted[f * KNOTS + i] = (model.knots()[f][i] - middle) / step;
                rounded[f * KNOTS + i] = Math.clamp(Math.round(wanted[f * KNOTS + i]), -MOST, MOST);
            }
            project(rounded, f, directions[f]);
        }
        descend(rounded, wanted, normal, directions);
        double meanPieces = 0;
        for (int i = 0; i < rounded.length; i++) {
            meanPieces += rounded[i] * normal.means()[i];
        }
        final byte[][] values = new byte[features][KNOTS];
        for (int f = 0; f < features; f++) {
            project(rounded, f, directions[f]);
            for (int i = 0; i < KNOTS; i++) {
                values[f][i] = (byte) rounded[f * KNOTS + i];
            }
        }
        return new OutputSpec(
                name,
                0,
                (float) (model.intercept() - step * meanPieces),
                (float) (step / ACCUMULATOR_STEPS),
                lo,
                hi,
                values);
    }

    /** Integer coordinate descent on {@code (z - wanted)' gram (z - wanted)}. */
    private static void descend(
            final int[] rounded, final double[] wanted, final HatGram normal, final int[] directions) {
        final int size = rounded.length;
        final double[] gradient = new double[size];
        for (int i = 0; i < size; i++) {
            for (int j = 0; j < size; j++) {
                gradient[i] += normal.gram()[i][j] * (rounded[j] - wanted[j]);
            }
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            boolean stepped = false;
            for (int i = 0; i < size; i++) {
                final int by = gradient[i] > 0 ? -1 : 1;
                final double change = 2 * by * gradient[i] + normal.gram()[i][i];
                if (change < -1e-12 && allowed(rounded, i, by, directions[i / KNOTS])) {
                    rounded[i] += by;
                    for (int j = 0; j < size; j++) {
                        gradient[j] += by * normal.gram()[i][j];
                    }
                    stepped = true;
                }
            }
            if (!stepped) {
                return;
            }
        }
    }

    private static boolean allowed(final int[] rounded, final int i, final int by, final int direction) {
        final int value = rounded[i] + by;
        if (value < -MOST || value > MOST) {
            return false;
        }
        final int knot = i % KNOTS;
        if (!Directions.kept(direction)) {
            return true;
        }
        return (knot == 0 || direction * (value - rounded[i - 1]) >= 0)
                && (knot == KNOTS - 1 || direction * (rounded[i + 1] - value) >= 0);
    }

    private static void project(final int[] rounded, final int feature, final int direction) {
        if (!Directions.kept(direction)) {
            return;
        }
        for (int i = feature * KNOTS + 1; i < (feature + 1) * KNOTS; i++) {
            if (direction * (rounded[i] - rounded[i - 1]) < 0) {
                rounded[i] = rounded[i - 1];
            }
        }
    }

    private static double max(final double[] values) {
        return Arrays.stream(values).max().orElse(0);
    }

    private static double min(final double[] values) {
        return Arrays.stream(values).min().orElse(0);
    }
}

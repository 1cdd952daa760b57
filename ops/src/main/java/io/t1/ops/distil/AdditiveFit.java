package io.t1.ops.distil;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Joint penalised least squares of an additive model, with directions that chosen features must keep.
 *
 * <p>The unknowns are the 16 steps from knot to knot of each feature, so a direction is a sign of its steps. The penalty
 * is {@code smoothing * (sum of (step[j+1] - step[j])^2 + 0.1 * sum of step[j]^2)}: towards straight lines, and less so
 * towards flat ones. Between categories there is nothing to smooth: there it is {@value #CATEGORY_RIDGE} times the sum of
 * squares of the knots' values less their mean, so that a knot that no query has says what queries say on average. Solved by a primal-dual active set over Cholesky factors (Hintermüller, Ito and Kunisch 2002), which
 * ends in a handful of solves; steps are set to exactly 0 where they would still have the wrong sign.
 */
final class AdditiveFit {
    private static final int KNOTS = HatGram.KNOTS;
    private static final int STEPS = KNOTS - 1;
    private static final double FLATNESS = 0.1;
    private static final double RIDGE = 1e-9;
    /** Per unit of weight: as one query in ten thousand, enough for knots without any. */
    private static final double CATEGORY_RIDGE = 1e-4;

    private static final int MOST_ROUNDS = 60;

    private AdditiveFit() {}

    /**
     * Fits.
     *
     * @param directions per feature, of {@link Directions}.
     * @param smoothing above 0, per unit of weight.
     */
    static AdditiveModel fit(final HatGram normal, final int[] directions, final double smoothing) {
        final double[][] matrix = penalised(inSteps(normal), normal, directions, smoothing);
        final double[] right = inSteps(normal.right(), normal.features());
        return model(normal, solve(matrix, right, directions));
    }

    private static double[] solve(final double[][] matrix, final double[] right, final int[] directions) {
        final int size = right.length;
        final boolean[] held = new boolean[size];
        double[] steps = solveFree(matrix, right, held);
        for (int round = 0; round < MOST_ROUNDS; round++) {
            boolean changed = false;
            for (int i = 0; i < size; i++) {
                final int direction = directions[i / STEPS];
                if (!Directions.kept(direction)) {
                    continue;
                }
                if (held[i]) {
                    double pull = right[i];
                    for (int j = 0; j < size; j++) {
                        pull -= matrix[i][j] * steps[j];
                    }
                    held[i] = direction * pull <= 1e-12;
                    changed |= !held[i];
                } else if (direction * steps[i] < 0) {
                    held[i] = true;
                    changed = true;
                }
            }
            if (!changed) {
                break;
            }
            steps = solveFree(matrix, right, held);
        }
        for (int i = 0; i < size; i++) {
            final int direction = directions[i / STEPS];
            if (Directions.kept(direction) && direction * steps[i] < 0) {
                steps[i] = 0;
            }
        }
        return steps;
    }

    /** Solves for the unknowns that aren't held at 0, by Cholesky. */
    static double[] solveFree(final double[][] matrix, final double[] right, final boolean[] held) {
        final int size = right.length;
        final int[] free = IntStream.range(0, size).filter(i -> !held[i]).toArray();
        final int n = free.length;
        final double[][] lower = new double[n][];
        final double[] solution = new double[n];
        for (int i = 0; i < n; i++) {
            final double[] row = new double[i + 1];
            lower[i] = row;
            for (int j = 0; j <= i; j++) {
                double sum = matrix[free[i]][free[j]];
                final double[] other = lower[j];
                for (int k = 0; k < j; k++) {
                    sum -= row[k] * other[k];
                }
                row[j] = i == j ? Math.sqrt(Math.max(sum, RIDGE)) : sum / other[j];
            }
            double sum = right[free[i]];
            for (int k = 0; k < i; k++) {
                sum -= row[k] * solution[k];
            }
            solution[i] = sum / row[i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                solution[i] -= lower[k][i] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        final double[] all = new double[size];
        for (int i = 0; i < n; i++) {
            all[free[i]] = solution[i];
        }
        return all;
    }

    /** A step at j lifts every knot after j: suffix sums of the hats, in both dimensions. */
    private static double[][] inSteps(final HatGram normal) {
        final int features = normal.features();
        final double[][] half = new double[features * KNOTS][];
        for (int i = 0; i < half.length; i++) {
            half[i] = inSteps(normal.gram()[i], features);
        }
        final double[][] steps = new double[features * STEPS][features * STEPS];
        for (int f = 0; f < features; f++) {
            for (int j = STEPS - 1; j >= 0; j--) {
                final double[] row = steps[f * STEPS + j];
                final double[] after = j == STEPS - 1 ? new double[row.length] : steps[f * STEPS + j + 1];
                final double[] knot = half[f * KNOTS + j + 1];
                for (int c = 0; c < row.length; c++) {
                    row[c] = after[c] + knot[c];
                }
            }
        }
        return steps;
    }

    private static double[] inSteps(final double[] hats, final int features) {
        final double[] steps = new double[features * STEPS];
        for (int f = 0; f < features; f++) {
            double suffix = 0;
            for (int j = STEPS - 1; j >= 0; j--) {
                suffix += hats[f * KNOTS + j + 1];
                steps[f * STEPS + j] = suffix;
            }
        }
        return steps;
    }

    private static double[][] penalised(
            final double[][] matrix, final HatGram normal, final int[] directions, final double smoothing) {
        for (int f = 0; f < normal.features(); f++) {
            if (directions[f] == Directions.UNORDERED) {
                shrinkToMean(matrix, f, normal.means());
                continue;
            }
            for (int j = 0; j < STEPS; j++) {
                final int i = f * STEPS + j;
                matrix[i][i] += FLATNESS * smoothing + RIDGE;
                if (j + 1 < STEPS) {
                    matrix[i][i] += smoothing;
                    matrix[i + 1][i + 1] += smoothing;
                    matrix[i][i + 1] -= smoothing;
                    matrix[i + 1][i] -= smoothing;
                }
            }
        }
        return matrix;
    }

    /** Adds {@code ridge * sum over knots of (value - mean)^2} in terms of the steps from knot to knot. */
    private static void shrinkToMean(final double[][] matrix, final int feature, final double[] means) {
        final double[][] toMean = new double[KNOTS][STEPS]; // of each knot's value less the mean, by step
        for (int j = 0; j < STEPS; j++) {
            double after = 0; // the queries' share at knots that step j lifts
            for (int i = j + 1; i < KNOTS; i++) {
                after += means[feature * KNOTS + i];
            }
            for (int i = 0; i < KNOTS; i++) {
                toMean[i][j] = (i > j ? 1 : 0) - after;
            }
        }
        for (int j = 0; j < STEPS; j++) {
            final double[] row = matrix[feature * STEPS + j];
            row[feature * STEPS + j] += RIDGE;
            for (int k = 0; k < STEPS; k++) {
                for (int i = 0; i < KNOTS; i++) {
                    row[feature * STEPS + k] += CATEGORY_RIDGE * toMean[i][j] * toMean[i][k];
                }
            }
        }
    }

    private static AdditiveModel model(final HatGram normal, final double[] steps) {
        final double[][] knots = new double[normal.features()][KNOTS];
        for (int f = 0; f < knots.length; f++) {
            double mean = 0;
            for (int i = 1; i < KNOTS; i++) {
                knots[f][i] = knots[f][i - 1] + steps[f * STEPS + i - 1];
                mean += knots[f][i] * normal.means()[f * KNOTS + i];
            }
            final double centre = mean;
            knots[f] = Arrays.stream(knots[f]).map(knot -> knot - centre).toArray();
        }
        return new AdditiveModel(normal.meanTarget(), knots);
    }
}

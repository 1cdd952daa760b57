package io.t1.ops.statistics;

import java.util.Arrays;

/**
 * A logistic regression on standardised columns with a ridge on the slopes, by Newton's method (iteratively reweighted
 * least squares). NaN counts as the column's mean.
 *
 * <p>Threading: any once fitted.
 */
public final class LogisticRegression {
    private static final int MOST_STEPS = 50;
    private static final double SMALL_STEP = 1e-10;
    private static final double LEAST_CURVATURE = 1e-12;

    private final double[] means;
    private final double[] deviations;
    private final double[] coefficients;

    private LogisticRegression(final double[] means, final double[] deviations, final double[] coefficients) {
        this.means = means;
        this.deviations = deviations;
        this.coefficients = coefficients;
    }

    /**
     * Fits.
     *
     * @param rows {@code [row][column]}, one row or more.
     * @param labels 0 or 1, a row each.
     * @param ridge penalty on half the squared slopes of standardised columns, summed; 0 or more.
     */
    public static LogisticRegression fit(final float[][] rows, final double[] labels, final double ridge) {
        if (rows.length == 0 || rows.length != labels.length) {
            throw new IllegalArgumentException("rows=" + rows.length + ", labels=" + labels.length);
        }
        final int columns = rows[0].length;
        final double[] means = new double[columns];
        final double[] deviations = new double[columns];
        standardise(rows, means, deviations);
        final LogisticRegression model = new LogisticRegression(means, deviations, new double[columns + 1]);
        final double[][] x = new double[rows.length][];
        for (int i = 0; i < x.length; i++) {
            x[i] = model.standardised(rows[i]);
        }
        for (int step = 0; step < MOST_STEPS && model.improve(x, labels, ridge) > SMALL_STEP; step++) {}
        return model;
    }

    /** One Newton step; returns its greatest change of a coefficient. */
    private double improve(final double[][] x, final double[] labels, final double ridge) {
        final int size = coefficients.length;
        final double[][] curvature = new double[size][size];
        final double[] gradient = new double[size];
        for (int i = 0; i < x.length; i++) {
            final double chance = chance(x[i]);
            final double weight = Math.max(chance * (1 - chance), LEAST_CURVATURE);
            for (int j = 0; j < size; j++) {
                gradient[j] += x[i][j] * (labels[i] - chance);
                for (int k = 0; k <= j; k++) {
                    curvature[j][k] += weight * x[i][j] * x[i][k];
                }
            }
        }
        for (int j = 1; j < size; j++) {
            gradient[j] -= ridge * coefficients[j];
            curvature[j][j] += ridge + LEAST_CURVATURE;
        }
        final double[] step = solved(curvature, gradient);
        double most = 0;
        for (int j = 0; j < size; j++) {
            coefficients[j] += step[j];
            most = Math.max(most, Math.abs(step[j]));
        }
        return most;
    }

    /** By Cholesky, of a lower triangle. */
    private static double[] solved(final double[][] lower, final double[] right) {
        final int n = right.length;
        final double[] solution = right.clone();
        for (int i = 0; i < n; i++) {
            for (int j = 0; j <= i; j++) {
                double sum = lower[i][j];
                for (int k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                lower[i][j] = i == j ? Math.sqrt(Math.max(sum, LEAST_CURVATURE)) : sum / lower[j][j];
            }
            for (int k = 0; k < i; k++) {
                solution[i] -= lower[i][k] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        for (int i = n - 1; i >= 0; i--) {
            for (int k = i + 1; k < n; k++) {
                solution[i] -= lower[k][i] * solution[k];
            }
            solution[i] /= lower[i][i];
        }
        return solution;
    }

    private static void standardise(final float[][] rows, final double[] means, final double[] deviations) {
        for (int c = 0; c < means.length; c++) {
            final int column = c;
            final double[] present = Arrays.stream(rows)
                    .mapToDouble(row -> row[column])
                    .filter(value -> !Double.isNaN(value))
                    .toArray();
            final double mean = Arrays.stream(present).average().orElse(0);
            final double variance = Arrays.stream(present)
                    .map(value -> (value - mean) * (value - mean))
                    .average()
                    .orElse(0);
            means[c] = mean;
            deviations[c] = variance > 0 ? Math.sqrt(variance) : 1;
        }
    }

    private double[] standardised(final float[] row) {
        final double[] x = new double[row.length + 1];
        x[0] = 1;
        for (int c = 0; c < row.length; c++) {
            x[c + 1] = Float.isNaN(row[c]) ? 0 : (row[c] - means[c]) / deviations[c];
        }
        return x;
    }

    private double chance(final double[] x) {
        double sum = 0;
        for (int j = 0; j < x.length; j++) {
            sum += coefficients[j] * x[j];
        }
        return 1 / (1 + Math.exp(-sum));
    }

    /** The chance of a 1 for a row. */
    public double at(final float[] row) {
        return chance(standardised(row));
    }
}

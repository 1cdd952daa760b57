package io.t1.ops.distil;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * A small gradient-boosted forest (XGBoost), the number of rounds found on a held-out fifth of its rows, and then grown
 * on all of them.
 *
 * <p>One thread and a seed make it reproducible. Threading: training any, one model a thread. Closed by whoever trained
 * it.
 */
final class BoostedTrees implements AutoCloseable {
    /** What is learnt. */
    enum Objective {
        /** A mean, by squared error. */
        MEAN("reg:squarederror"),
        /** A chance, by the logistic loss. */
        CHANCE("binary:logistic");

        private final String xgboost;

        Objective(final String xgboost) {
            this.xgboost = xgboost;
        }

        /** What is lost by saying so of a row with this label. */
        double loss(final double said, final double label) {
            if (this == MEAN) {
                return (said - label) * (said - label);
            }
            final double kept = Math.clamp(said, LEAST_CHANCE, 1 - LEAST_CHANCE);
            return label > 0 ? -Math.log(kept) : -Math.log(1 - kept);
        }

        String xgboost() {
            return xgboost;
        }
    }

    private static final double LEAST_CHANCE = 1e-6;

    private final @Nullable Booster booster;
    private final double mean;

    private BoostedTrees(final @Nullable Booster booster, final double mean) {
        this.booster = booster;
        this.mean = mean;
    }

    /**
     * Trains on rows. With too few of them, or labels that don't vary, the model is their mean.
     *
     * @param settings depth, rate and regularisation.
     * @param rows {@code [row][feature]}, NaN where missing.
     * @param labels one a row; 0 or 1 for a chance.
     * @param directions per feature: 1 the model never falls as it rises, -1 it never rises, 0 free.
     */
    static BoostedTrees train(
            final Objective objective,
            final ForestSettings settings,
            final float[][] rows,
            final double[] labels,
            final int[] directions,
            final long seed) {
        final ForestGrowth growth = ForestGrowth.of(objective, settings, directions, seed);
        final int judges = Math.min(rows.length, ForestGrowth.JUDGES_OF_ROUNDS);
        final int rounds = growth.roundsThatHelp(
                judges == rows.length ? rows : Arrays.copyOf(rows, judges),
                judges == rows.length ? labels : Arrays.copyOf(labels, judges));
        if (rounds == 0) {
            return constant(Arrays.stream(labels).average().orElse(0));
        }
        try {
            final DMatrix all = ForestGrowth.matrix(rows, labels);
            try {
                return new BoostedTrees(XGBoost.train(all, growth.parameters(), rounds, Map.of(), null, null), 0);
            } finally {
                all.dispose();
            }
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** One that says the same of every row. */
    static BoostedTrees constant(final double value) {
        return new BoostedTrees(null, value);
    }

    /** One that was saved by XGBoost, wherever it was grown. */
    static BoostedTrees ofModel(final byte[] model) {
        try {
            return new BoostedTrees(XGBoost.loadModel(new ByteArrayInputStream(model)), 0);
        } catch (final XGBoostError | IOException e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** Predicts a value a row. */
    double[] predict(final float[][] rows) {
        return predict(List.of(this), rows).getFirst();
    }

    /** Predicts a value a row and forest; the rows are handed to XGBoost once. */
    static List<double[]> predict(final List<BoostedTrees> forests, final float[][] rows) {
        if (rows.length == 0) {
            return forests.stream().map(forest -> new double[0]).toList();
        }
        try {
            final DMatrix matrix = ForestGrowth.matrix(rows, new double[rows.length]);
            try {
                final List<double[]> predicted = new ArrayList<>();
                for (final BoostedTrees forest : forests) {
                    predicted.add(forest.predict(matrix, rows.length));
                }
                return predicted;
            } finally {
                matrix.dispose();
            }
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    private double[] predict(final DMatrix matrix, final int rows) throws XGBoostError {
        final double[] values = new double[rows];
        if (booster == null) {
            Arrays.fill(values, mean);
            return values;
        }
        final float[][] predicted = booster.predict(matrix);
        for (int i = 0; i < rows; i++) {
            values[i] = predicted[i][0];
        }
        return values;
    }

    /** As XGBoost's JSON model. */
    byte[] toJson() {
        if (booster == null) {
            throw new IllegalStateException("no forest was grown: the labels don't vary, or there are too few rows");
        }
        try {
            return booster.toByteArray("json");
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (booster != null) {
            booster.dispose();
        }
    }
}

package io.t1.ops.distil;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * A small gradient-boosted forest (XGBoost), the number of rounds found on a held-out fifth of its rows, and then grown
 * on all of them. A row is a query, so no query is on both sides.
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
    }

    private static final double LEAST_CHANCE = 1e-6;
    private static final int MOST_ROUNDS = 400;
    private static final int PATIENCE = 12;
    private static final int FEWEST_ROWS = 40;

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
        final double mean = Arrays.stream(labels).average().orElse(0);
        if (rows.length < FEWEST_ROWS || Arrays.stream(labels).allMatch(label -> label == labels[0])) {
            return new BoostedTrees(null, mean);
        }
        try {
            final Map<String, Object> parameters = parameters(objective, settings, directions, seed);
            final int rounds = roundsThatHelp(rows, labels, parameters, seed);
            final DMatrix all = matrix(rows, labels);
            try {
                return new BoostedTrees(XGBoost.train(all, parameters, rounds, Map.of(), null, null), mean);
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

    /** Predicts a value a row. */
    double[] predict(final float[][] rows) {
        final double[] values = new double[rows.length];
        if (booster == null) {
            Arrays.fill(values, mean);
            return values;
        }
        if (rows.length == 0) {
            return values;
        }
        try {
            final DMatrix matrix = matrix(rows, values);
            try {
                final float[][] predicted = booster.predict(matrix);
                for (int i = 0; i < values.length; i++) {
                    values[i] = predicted[i][0];
                }
                return values;
            } finally {
                matrix.dispose();
            }
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** As XGBoost's JSON model. */
    byte[] toJson() {
        if (booster == null) {
            throw new IllegalStateException("no forest was grown: the labels don't vary, or rows < " + FEWEST_ROWS);
        }
        try {
            return booster.toByteArray("json");
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    private static int roundsThatHelp(
            final float[][] rows, final double[] labels, final Map<String, Object> parameters, final long seed)
            throws XGBoostError {
        final boolean[] heldOut = new boolean[rows.length];
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rows.length; i++) {
            heldOut[i] = random.nextInt(5) == 0;
        }
        final DMatrix grown = part(rows, labels, heldOut, false);
        final DMatrix judged = part(rows, labels, heldOut, true);
        Booster trial = null;
        try {
            trial = XGBoost.train(grown, parameters, 1, Map.of(), null, null);
            final DMatrix[] watched = {judged};
            final String[] name = {"held_out"};
            double least = loss(trial.evalSet(watched, name, 0));
            int best = 1;
            for (int round = 1; round < MOST_ROUNDS && round < best + PATIENCE; round++) {
                trial.update(grown, round);
                final double loss = loss(trial.evalSet(watched, name, round));
                if (loss < least) {
                    least = loss;
                    best = round + 1;
                }
            }
            return best;
        } finally {
            if (trial != null) {
                trial.dispose();
            }
            grown.dispose();
            judged.dispose();
        }
    }

    /** The loss at the end of a line such as {@code [3] held_out-rmse:0.25}. */
    private static double loss(final String evaluation) {
        return Double.parseDouble(
                evaluation.substring(evaluation.lastIndexOf(':') + 1).strip());
    }

    private static Map<String, Object> parameters(
            final Objective objective, final ForestSettings settings, final int[] directions, final long seed) {
        final Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", objective.xgboost);
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", settings.depth());
        parameters.put("eta", settings.learningRate());
        parameters.put(
                "min_child_weight",
                objective == Objective.CHANCE ? settings.fewestInLeaf() / 5 : settings.fewestInLeaf());
        parameters.put("lambda", settings.l2());
        parameters.put("subsample", 0.8);
        parameters.put("colsample_bytree", 0.8);
        parameters.put("seed", (int) (seed & 0x7FFFFFFF));
        parameters.put("nthread", 1); // sums in a fixed order: the same bytes every time
        parameters.put("verbosity", 0);
        if (Arrays.stream(directions).anyMatch(direction -> direction != 0)) {
            parameters.put(
                    "monotone_constraints",
                    Arrays.stream(directions).mapToObj(Integer::toString).collect(Collectors.joining(",", "(", ")")));
        }
        return parameters;
    }

    private static DMatrix part(
            final float[][] rows, final double[] labels, final boolean[] heldOut, final boolean wanted)
            throws XGBoostError {
        final int[] picked = IntStream.range(0, rows.length)
                .filter(i -> heldOut[i] == wanted)
                .toArray();
        return matrix(
                Arrays.stream(picked).mapToObj(i -> rows[i]).toArray(float[][]::new),
                Arrays.stream(picked).mapToDouble(i -> labels[i]).toArray());
    }

    private static DMatrix matrix(final float[][] rows, final double[] labels) throws XGBoostError {
        final int columns = rows[0].length;
        final float[] flat = new float[rows.length * columns];
        final float[] label = new float[rows.length];
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(rows[i], 0, flat, i * columns, columns);
            label[i] = (float) labels[i];
        }
        final DMatrix matrix = new DMatrix(flat, rows.length, columns, Float.NaN);
        matrix.setLabel(label);
        return matrix;
    }

    @Override
    public void close() {
        if (booster != null) {
            booster.dispose();
        }
    }
}

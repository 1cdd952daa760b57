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

/**
 * How one forest is grown.
 *
 * @param parameters of XGBoost: one thread, so that sums have one order, and a seed.
 * @param seed of the rows that are held out to find how many rounds help.
 */
record ForestGrowth(Map<String, Object> parameters, long seed) {
    /** Rows that rounds are found on at most: more don't tell more. */
    static final int JUDGES_OF_ROUNDS = 100_000;

    private static final int MOST_ROUNDS = 400;
    private static final int PATIENCE = 12;
    private static final int FEWEST_ROWS = 40;
    private static final String SHARE_OF_ROWS = "subsample";

    /**
     * Each tree on four fifths of the rows, drawn anew.
     *
     * @param directions per feature: 1 the model never falls as it rises, -1 it never rises, 0 free.
     */
    static ForestGrowth of(
            final BoostedTrees.Objective objective,
            final ForestSettings settings,
            final int[] directions,
            final long seed) {
        final Map<String, Object> parameters = new HashMap<>();
        parameters.put("objective", objective.xgboost());
        parameters.put("tree_method", "hist");
        parameters.put("max_depth", settings.depth());
        parameters.put("eta", settings.learningRate());
        parameters.put(
                "min_child_weight",
                objective == BoostedTrees.Objective.CHANCE ? settings.fewestInLeaf() / 5 : settings.fewestInLeaf());
        parameters.put("lambda", settings.l2());
        parameters.put(SHARE_OF_ROWS, 0.8);
        parameters.put("colsample_bytree", 0.8);
        parameters.put("seed", (int) (seed & 0x7FFFFFFF));
        parameters.put("nthread", 1);
        parameters.put("verbosity", 0);
        if (Arrays.stream(directions).anyMatch(direction -> direction != 0)) {
            parameters.put(
                    "monotone_constraints",
                    Arrays.stream(directions).mapToObj(Integer::toString).collect(Collectors.joining(",", "(", ")")));
        }
        return new ForestGrowth(Map.copyOf(parameters), seed);
    }

    /**
     * The same for rows that may lie anywhere: each tree is grown on all of them, and its features are drawn by the number of
     * the tree, as XGBoost always draws them where several tasks grow one forest.
     */
    ForestGrowth wherever() {
        final Map<String, Object> changed = new HashMap<>(parameters);
        changed.put(SHARE_OF_ROWS, 1.0);
        changed.put("seed_per_iteration", true); // else the engines draw other features
        return new ForestGrowth(Map.copyOf(changed), seed);
    }

    /**
     * How many rounds help, by a held-out fifth of the rows; 0 where there is nothing to learn: too few rows, or labels
     * that don't vary.
     *
     * @param rows {@code [row][feature]}, NaN where missing; a row is a query, so no query is on both sides.
     */
    int roundsThatHelp(final float[][] rows, final double[] labels) {
        if (rows.length < FEWEST_ROWS || Arrays.stream(labels).allMatch(label -> label == labels[0])) {
            return 0;
        }
        final boolean[] heldOut = new boolean[rows.length];
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < rows.length; i++) {
            heldOut[i] = random.nextInt(5) == 0;
        }
        try {
            final DMatrix grown = part(rows, labels, heldOut, false);
            final DMatrix judged = part(rows, labels, heldOut, true);
            try {
                return best(grown, judged);
            } finally {
                grown.dispose();
                judged.dispose();
            }
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    private int best(final DMatrix grown, final DMatrix judged) throws XGBoostError {
        final Booster trial = XGBoost.train(grown, parameters, 1, Map.of(), null, null);
        try {
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
            trial.dispose();
        }
    }

    /** The loss at the end of a line such as {@code [3] held_out-rmse:0.25}. */
    private static double loss(final String evaluation) {
        return Double.parseDouble(
                evaluation.substring(evaluation.lastIndexOf(':') + 1).strip());
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

    /** Rows with their labels, for XGBoost. Closed by the caller. */
    static DMatrix matrix(final float[][] rows, final double[] labels) throws XGBoostError {
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
}

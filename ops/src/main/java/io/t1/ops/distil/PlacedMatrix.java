package io.t1.ops.distil;

import java.util.List;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/**
 * Rows for XGBoost, each feature given by the number of its place, of which there are no more than a histogram has bins: so
 * wherever rows lie, trees are cut at the same places. Threading: one thread. Closed by whoever made it.
 */
final class PlacedMatrix implements AutoCloseable {
    private final DMatrix matrix;

    private PlacedMatrix(final DMatrix matrix) {
        this.matrix = matrix;
    }

    /** Of some rows. */
    static PlacedMatrix of(final List<FeatureGrid> grids, final float[][] rows, final int[] members) {
        final int features = grids.size();
        final float[] flat = new float[Math.multiplyExact(members.length, features)];
        for (int i = 0; i < members.length; i++) {
            final float[] row = rows[members[i]];
            for (int f = 0; f < features; f++) {
                flat[i * features + f] = grids.get(f).placed(row[f]);
            }
        }
        try {
            return new PlacedMatrix(new DMatrix(flat, members.length, features, Float.NaN));
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** Grows a forest, and returns it as XGBoost saves it. */
    byte[] grow(final ForestTask task, final float[] labels) {
        try {
            matrix.setLabel(labels);
            final Booster booster = XGBoost.train(matrix, task.parameters(), task.rounds(), Map.of(), null, null);
            try {
                return booster.toByteArray("ubj");
            } finally {
                booster.dispose();
            }
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        matrix.dispose();
    }
}

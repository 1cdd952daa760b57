package io.t1.bench.peers.trees;

import java.util.ArrayList;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;

/** XGBoost4J, by its call without a DMatrix, which is its fastest for one row; one call a forest. */
final class XgboostScorer implements TreeScorer {
    private final Booster[] boosters;

    XgboostScorer(final List<byte[]> models) throws Exception {
        final List<Booster> loaded = new ArrayList<>();
        for (final byte[] model : models) {
            final Booster booster = XGBoost.loadModel(model);
            booster.setParam("nthread", 1);
            loaded.add(booster);
        }
        boosters = loaded.toArray(new Booster[0]);
    }

    @Override
    public void score(final float[] row, final float[] out) throws XGBoostError {
        for (int i = 0; i < boosters.length; i++) {
            out[i] = boosters[i].inplace_predict(row, 1, row.length, Float.NaN)[0][0];
        }
    }

    @Override
    public void close() {
        for (final Booster booster : boosters) {
            booster.dispose();
        }
    }
}

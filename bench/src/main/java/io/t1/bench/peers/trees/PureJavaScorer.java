package io.t1.bench.peers.trees;

import biz.k11i.xgboost.Predictor;
import biz.k11i.xgboost.util.FVec;
import java.io.ByteArrayInputStream;
import java.util.List;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.XGBoost;

/**
 * The pure-Java XGBoost predictor that H2O maintains; it reads the binary format that XGBoost 3.0 still writes. Margins
 * are asked for, and the chance made of the first: the predictor's own output is the same.
 */
final class PureJavaScorer implements TreeScorer {
    private final Predictor[] predictors;
    private final Row row = new Row();

    PureJavaScorer(final List<byte[]> models) throws Exception {
        predictors = new Predictor[models.size()];
        for (int i = 0; i < predictors.length; i++) {
            final Booster booster = XGBoost.loadModel(models.get(i));
            try {
                predictors[i] = new Predictor(new ByteArrayInputStream(booster.toByteArray("deprecated")));
            } finally {
                booster.dispose();
            }
        }
    }

    /** The features in place: nothing is copied or allocated for a query. */
    private static final class Row implements FVec {
        private static final long serialVersionUID = 1;
        private transient float[] features = new float[0];

        @Override
        public float fvalue(final int index) {
            return features[index];
        }
    }

    @Override
    public void score(final float[] features, final float[] out) {
        row.features = features;
        for (int i = 0; i < predictors.length; i++) {
            out[i] = predictors[i].predictSingle(row);
        }
    }

    @Override
    public void close() {
        row.features = new float[0];
    }
}

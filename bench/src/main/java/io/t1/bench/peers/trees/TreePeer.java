package io.t1.bench.peers.trees;

import java.util.List;

/** The libraries. */
public enum TreePeer {
    /** XGBoost4J. */
    XGBOOST4J,
    /** LightGBM4J. */
    LIGHTGBM4J,
    /** ONNX Runtime. */
    ONNX_RUNTIME,
    /** xgboost-predictor. */
    PURE_JAVA;

    /** A scorer of these forests. */
    TreeScorer open(final List<byte[]> models) throws Exception {
        return switch (this) {
            case XGBOOST4J -> new XgboostScorer(models);
            case LIGHTGBM4J -> new LightGbmScorer(models);
            case ONNX_RUNTIME -> new OnnxScorer(models);
            case PURE_JAVA -> new PureJavaScorer(models);
        };
    }
}

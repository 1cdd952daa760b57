package io.t1.ops.cli;

/** What grows the forests. */
enum EngineChoice {
    /** XGBoost in this process. */
    EMBEDDED,
    /** XGBoost4J-Spark, where the queries lie. */
    SPARK
}

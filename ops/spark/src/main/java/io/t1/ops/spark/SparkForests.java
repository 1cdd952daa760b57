package io.t1.ops.spark;

import io.t1.ops.distil.ForestTask;
import ml.dmlc.xgboost4j.java.XGBoostError;
import ml.dmlc.xgboost4j.scala.spark.XGBoostRegressor;
import org.apache.spark.ml.param.Param;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Grows forests by XGBoost4J-Spark, with the parameters that the embedded engine grows them with. Threading: any. */
final class SparkForests {
    private SparkForests() {}

    /**
     * Grows one, and returns it as XGBoost saves it.
     *
     * @param rows as {@link PlacedQuery#schema} says, in as many partitions as there are workers.
     */
    static byte[] grow(final Dataset<Row> rows, final String[] features, final ForestTask task, final int workers) {
        final XGBoostRegressor regressor = new XGBoostRegressor();
        task.parameters().forEach((name, value) -> set(regressor, name, value));
        regressor.setNumRound(task.rounds());
        regressor.setNumWorkers(workers);
        regressor.setMissing(Float.NaN);
        regressor.setFeaturesCol(features);
        regressor.setLabelCol(PlacedQuery.LABEL);
        silence(regressor);
        try {
            return regressor.fit(rows).nativeBooster().toByteArray("ubj");
        } catch (final XGBoostError e) {
            throw new IllegalStateException("XGBoost: " + e.getMessage(), e);
        }
    }

    /** By name; directions in XGBoost's own words, since 3.1.1 hands an array of them on as its address. */
    private static void set(final XGBoostRegressor regressor, final String name, final Object value) {
        final Param<Object> parameter = regressor.getParam(name);
        regressor.set(parameter, as(name, value));
    }

    /**
     * Keeps XGBoost from printing each tree's loss. It asks a parameter that the estimator has no name for; but this hands on
     * whatever stands in an array that it makes once, and there one for a loss that isn't used gives its place up.
     */
    private static void silence(final XGBoostRegressor regressor) {
        final Param<?>[] handedOn = regressor.params();
        for (int i = 0; i < handedOn.length; i++) {
            if (handedOn[i].name().equals("tweedie_variance_power")) {
                final Param<Object> printed =
                        new Param<>(regressor.uid(), "verbose_eval", "whether losses are printed");
                handedOn[i] = printed;
                regressor.set(printed, "false");
            }
        }
    }

    /** A regressor takes the logistic loss by its other name, under which it says chances, too; a seed is a long. */
    private static Object as(final String name, final Object value) {
        return switch (name) {
            case "objective" -> value.equals("binary:logistic") ? "reg:logistic" : value;
            case "seed" -> ((Number) value).longValue();
            default -> value;
        };
    }
}

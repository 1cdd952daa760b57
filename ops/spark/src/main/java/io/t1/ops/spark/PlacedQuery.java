package io.t1.ops.spark;

import io.t1.ops.distil.FeatureGrid;
import io.t1.ops.distil.ForestTask;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What forests are grown on of a query.
 *
 * @param places of its features, NaN where missing.
 * @param ndcg10 under each arm.
 * @param latencyMs under each arm.
 */
record PlacedQuery(float[] places, double[] ndcg10, double[] latencyMs) implements Serializable {
    /** Column of what a forest learns. */
    static final String LABEL = "label";

    static PlacedQuery of(final HeldQuery query, final List<FeatureGrid> grids) {
        final float[] places = new float[grids.size()];
        for (int f = 0; f < places.length; f++) {
            places[f] = grids.get(f).placed(query.features()[f]);
        }
        return new PlacedQuery(places, query.ndcg10(), query.latencyMs());
    }

    /** The columns of so many features: names of their own, since a user's might clash with the label's. */
    static String[] columns(final int features) {
        final String[] columns = new String[features];
        for (int f = 0; f < features; f++) {
            columns[f] = "feature" + f;
        }
        return columns;
    }

    /** The columns of {@link #row}. */
    static StructType schema(final int features) {
        StructType schema = new StructType();
        for (final String column : columns(features)) {
            schema = schema.add(column, DataTypes.FloatType);
        }
        return schema.add(LABEL, DataTypes.FloatType);
    }

    /** Whether a forest learns from it. */
    boolean teaches(final ForestTask task) {
        return task.expectation().learnsFrom(ndcg10);
    }

    /** As a row for a forest. */
    Row row(final ForestTask task) {
        final List<Object> values = new ArrayList<>(places.length + 1);
        for (final float place : places) {
            values.add(place);
        }
        values.add((float) task.label(ndcg10, latencyMs));
        return RowFactory.create(values.toArray());
    }
}

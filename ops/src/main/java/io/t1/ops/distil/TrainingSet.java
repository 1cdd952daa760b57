package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.List;

/**
 * Queries to learn from, in columns.
 *
 * @param featureNames of the columns of {@code rows}.
 * @param rows {@code [query][feature]}, NaN where missing.
 * @param measured what each arm gave and cost.
 */
record TrainingSet(List<String> featureNames, float[][] rows, MeasuredArms measured) {
    static TrainingSet of(final MeasuredQueries queries) {
        return new TrainingSet(
                queries.featureNames(),
                queries.queries().stream().map(MeasuredQuery::features).toArray(float[][]::new),
                MeasuredArms.of(queries));
    }

    int size() {
        return rows.length;
    }

    /** Index of a feature, -1 when this set lacks it. */
    int feature(final String name) {
        return featureNames.indexOf(name);
    }

    /** One feature of every query. */
    float[] column(final int feature) {
        final float[] column = new float[rows.length];
        for (int q = 0; q < column.length; q++) {
            column[q] = rows[q][feature];
        }
        return column;
    }

    /** b of the definitions: whether FULL's nDCG exceeds SKIP's. */
    double benefit(final int q) {
        return measured.gain(Arm.FULL.code(), q) > 0 ? 1 : 0;
    }

    TrainingSet at(final int[] queries) {
        final float[][] picked = new float[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            picked[i] = rows[queries[i]];
        }
        return new TrainingSet(featureNames, picked, measured.at(queries));
    }
}

package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
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

    /** b of every query. */
    boolean[] benefits() {
        final boolean[] benefits = new boolean[size()];
        for (int q = 0; q < benefits.length; q++) {
            benefits[q] = benefit(q) == 1;
        }
        return benefits;
    }

    /** Per feature: 1 where an output may never fall as it rises, -1 where it may never rise, 0 where it is free. */
    int[] directions(final OutputName output) {
        final int[] directions = new int[featureNames.size()];
        for (final MonotoneConstraint constraint : MonotoneConstraints.requiredFor(featureNames)) {
            if (constraint.output() == output) {
                directions[feature(constraint.feature())] =
                        constraint.direction() == MonotoneConstraint.Direction.INCREASING ? 1 : -1;
            }
        }
        return directions;
    }

    TrainingSet at(final int[] queries) {
        final float[][] picked = new float[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            picked[i] = rows[queries[i]];
        }
        return new TrainingSet(featureNames, picked, measured.at(queries));
    }
}

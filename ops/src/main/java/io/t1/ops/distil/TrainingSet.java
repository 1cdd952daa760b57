package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
import java.util.List;
import java.util.Map;

/**
 * Queries to learn from, in columns.
 *
 * @param featureNames of the columns of {@code rows}.
 * @param categories of the features that have them, by name.
 * @param rows {@code [query][feature]}, NaN where missing.
 * @param measured what each arm gave and cost.
 */
record TrainingSet(
        List<String> featureNames, Map<String, List<String>> categories, float[][] rows, MeasuredArms measured) {
    /** With numbers alone as features. */
    TrainingSet(final List<String> featureNames, final float[][] rows, final MeasuredArms measured) {
        this(featureNames, Map.of(), rows, measured);
    }

    static TrainingSet of(final MeasuredQueries queries) {
        return new TrainingSet(
                queries.featureNames(),
                queries.categories(),
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

    /** Whether a feature has categories. */
    boolean categorical(final int feature) {
        return categories.containsKey(featureNames.get(feature));
    }

    /** The places along a feature that shapes stand on. */
    FeatureGrid grid(final int feature) {
        final List<String> ofFeature = categories.get(featureNames.get(feature));
        return ofFeature == null ? FeatureGrid.of(column(feature)) : FeatureGrid.ofCategories(ofFeature);
    }

    /** Per feature how an output may go with it, one of {@link Directions}. */
    int[] directions(final OutputName output) {
        final int[] directions = new int[featureNames.size()];
        for (int f = 0; f < directions.length; f++) {
            directions[f] = categorical(f) ? Directions.UNORDERED : Directions.FREE;
        }
        for (final MonotoneConstraint constraint : MonotoneConstraints.requiredFor(featureNames)) {
            if (constraint.output() == output) {
                directions[feature(constraint.feature())] =
                        constraint.direction() == MonotoneConstraint.Direction.INCREASING
                                ? Directions.RISES
                                : Directions.FALLS;
            }
        }
        return directions;
    }

    TrainingSet at(final int[] queries) {
        final float[][] picked = new float[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            picked[i] = rows[queries[i]];
        }
        return new TrainingSet(featureNames, categories, picked, measured.at(queries));
    }
}

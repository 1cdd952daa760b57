package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.LoggedArms;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.ops.statistics.CalibrationError;
import io.t1.ops.statistics.Percentiles;
import io.t1.ops.statistics.RocAuc;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Queries to learn from, in columns.
 *
 * @param featureNames of the columns of {@code rows}.
 * @param categories of the features that have them, by name.
 * @param rows {@code [query][feature]}, NaN where missing.
 * @param measured what each arm gave and cost; of a log what is known of it.
 */
record TrainingSet(
        List<String> featureNames, Map<String, List<String>> categories, float[][] rows, MeasuredArms measured) {
    static final double WINSORISED = 0.995;

    /** With numbers alone as features. */
    TrainingSet(final List<String> featureNames, final float[][] rows, final MeasuredArms measured) {
        this(featureNames, Map.of(), rows, measured);
    }

    static TrainingSet of(final MeasuredQueries queries) {
        return new TrainingSet(
                queries.featureNames(),
                queries.categories(),
                queries.queries().parallelStream().map(MeasuredQuery::features).toArray(float[][]::new),
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

    /** Whether this comes from a log of one arm a query: then nobody saw whether FULL beat SKIP for any of them. */
    boolean logged() {
        return measured.log() != null;
    }

    /**
     * What {@code score} is learnt from: b of the definitions, whether FULL's nDCG exceeds SKIP's; of a log the score of
     * FULL's gain, which is the least that the chance of b can be.
     */
    double benefit(final int q) {
        final double gain = measured.gain(Arm.FULL.code(), q);
        return logged() ? gain : gain > 0 ? 1 : 0;
    }

    /** {@link #benefit} of every query. */
    double[] benefits() {
        final double[] benefits = new double[size()];
        Arrays.setAll(benefits, this::benefit);
        return benefits;
    }

    /** What {@link #benefit} is to a forest. */
    BoostedTrees.Objective benefitObjective() {
        return logged() ? BoostedTrees.Objective.MEAN : BoostedTrees.Objective.CHANCE;
    }

    /** How well a score tells queries that FULL helps; of a log unknown. */
    RocAuc auc(final double[] scores, final double confidence) {
        if (logged()) {
            return new RocAuc(Double.NaN, Double.NaN, Double.NaN, 0, 0);
        }
        final boolean[] helped = new boolean[size()];
        for (int q = 0; q < helped.length; q++) {
            helped[q] = benefit(q) == 1;
        }
        return RocAuc.of(scores, helped, confidence);
    }

    /** How far a score lies from what it is learnt from, on average over bins. */
    CalibrationError calibration(final double[] scores, final long seed) {
        return logged()
                ? CalibrationError.ofMeans(scores, benefits(), seed)
                : CalibrationError.of(scores, benefits(), seed);
    }

    /** Gains of an arm over SKIP. */
    double[] gains(final int arm) {
        final double[] gains = new double[size()];
        Arrays.setAll(gains, q -> measured.gain(arm, q));
        return gains;
    }

    /** Costs of an arm over SKIP in ms, the highest cut: a pause of the machine says nothing of the query. */
    double[] steadyCostsMs(final int arm) {
        final double[] costs = new double[size()];
        final LoggedArms log = measured.log();
        if (log != null) {
            Arrays.setAll(costs, q -> log.steadyCostMs(arm, q));
            return costs;
        }
        Arrays.setAll(costs, q -> measured.costMs(arm, q));
        final double most = Percentiles.nearestRank(costs, WINSORISED);
        return Arrays.stream(costs).map(cost -> Math.min(cost, most)).toArray();
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

    /** Those of all features. */
    List<FeatureGrid> grids() {
        return IntStream.range(0, featureNames.size())
                .parallel()
                .mapToObj(this::grid)
                .toList();
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

    /** So many from the first on, or all where there aren't more. */
    TrainingSet first(final int queries) {
        return queries >= size() ? this : at(IntStream.range(0, queries).toArray());
    }

    TrainingSet at(final int[] queries) {
        final float[][] picked = new float[queries.length][];
        for (int i = 0; i < queries.length; i++) {
            picked[i] = rows[queries[i]];
        }
        return new TrainingSet(featureNames, categories, picked, measured.at(queries));
    }
}

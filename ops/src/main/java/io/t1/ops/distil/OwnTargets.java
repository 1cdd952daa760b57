package io.t1.ops.distil;

import io.t1.codec.CategoryValue;
import io.t1.ops.observation.LearnableQueries;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows with targets that a user gave, every value in its range.
 *
 * @param rows {@code [row][feature]}, NaN where missing.
 * @param targets {@code [output][row]}, of {@link #OUTPUTS}.
 * @param weights one a row, not all 0.
 * @param directions {@code [output][feature]}, of {@link Directions}.
 * @param categories a list a feature, empty for a number.
 */
record OwnTargets(
        float[][] rows, double[][] targets, double[] weights, int[][] directions, List<List<String>> categories) {
    /** What has a target, in the table's order. */
    static final List<OutputName> OUTPUTS = List.of(OutputName.TAU, OutputName.SPEND_CAP_MS, OutputName.MIN_CONF_GAIN);

    private static final double MOST_SPEND_MS = 3.6e6; // an hour
    private static final float MOST_FEATURE = 1e30f;

    /**
     * Checks everything at the edge.
     *
     * @throws IllegalArgumentException at the first thing that is wrong.
     */
    static OwnTargets checked(
            final RouterDistillationConfig config,
            final float[][] x,
            final double[] yTau,
            final double[] ySpend,
            final double[] yGain,
            final double @Nullable [] weights) {
        final double[] weighing = weights == null ? new double[x.length] : weights;
        if (weights == null) {
            Arrays.fill(weighing, 1);
        }
        requireValues("yTau", yTau, x.length, 1);
        requireValues("ySpend", ySpend, x.length, MOST_SPEND_MS);
        requireValues("yGain", yGain, x.length, 1);
        requireValues("weights", weighing, x.length, Double.MAX_VALUE / Math.max(1, x.length));
        final long counted =
                Arrays.stream(weighing).filter(weight -> weight > 0).count();
        if (counted < LearnableQueries.FEWEST) {
            throw new IllegalArgumentException(
                    "rows of weight above 0=" + counted + " < " + LearnableQueries.FEWEST + ": too few to learn from");
        }
        requireRows(config, x);
        final double[][] targets = {yTau, ySpend, yGain};
        if (Arrays.stream(targets).noneMatch(OwnTargets::varies)) {
            throw new IllegalArgumentException("neither yTau, ySpend nor yGain varies: there is nothing to learn");
        }
        final List<List<String>> categories = config.featureNames().stream()
                .map(name -> config.categories().getOrDefault(name, List.of()))
                .toList();
        return new OwnTargets(told(x, categories), targets, weighing, directions(config), categories);
    }

    /** Rows in which categories that aren't told apart are one. */
    private static float[][] told(final float[][] x, final List<List<String>> categories) {
        if (categories.stream().allMatch(List::isEmpty)) {
            return x;
        }
        final List<FeatureGrid> grids =
                categories.stream().map(FeatureGrid::ofCategories).toList();
        final float[][] told = new float[x.length][];
        for (int q = 0; q < told.length; q++) {
            told[q] = x[q].clone();
            for (int f = 0; f < told[q].length; f++) {
                if (!categories.get(f).isEmpty() && !Float.isNaN(told[q][f])) {
                    final boolean known = Arrays.binarySearch(grids.get(f).places(), told[q][f]) >= 0;
                    told[q][f] = known ? told[q][f] : CategoryValue.OTHER;
                }
            }
        }
        return told;
    }

    /** The places along a feature that shapes stand on. */
    FeatureGrid grid(final int feature) {
        final List<String> ofFeature = categories.get(feature);
        return ofFeature.isEmpty() ? FeatureGrid.of(column(feature)) : FeatureGrid.ofCategories(ofFeature);
    }

    static boolean varies(final double[] target) {
        return Arrays.stream(target).anyMatch(value -> value != target[0]);
    }

    /** Some of the rows, in the order of {@code places}. */
    OwnTargets at(final int[] places) {
        return new OwnTargets(
                Arrays.stream(places).mapToObj(q -> rows[q]).toArray(float[][]::new),
                Arrays.stream(targets)
                        .map(target -> Arrays.stream(places)
                                .mapToDouble(q -> target[q])
                                .toArray())
                        .toArray(double[][]::new),
                Arrays.stream(places).mapToDouble(q -> weights[q]).toArray(),
                directions,
                categories);
    }

    /** One feature of every row. */
    float[] column(final int feature) {
        final float[] column = new float[rows.length];
        for (int q = 0; q < column.length; q++) {
            column[q] = rows[q][feature];
        }
        return column;
    }

    private static void requireValues(final String name, final double[] values, final int rows, final double most) {
        if (values.length != rows) {
            throw new IllegalArgumentException(name + " length=" + values.length + " != rows of x=" + rows);
        }
        for (int q = 0; q < rows; q++) {
            if (!(values[q] >= 0 && values[q] <= most)) { // NaN too
                throw new IllegalArgumentException(name + "[" + q + "]=" + values[q] + " not in 0.." + most);
            }
        }
    }

    private static void requireRows(final RouterDistillationConfig config, final float[][] x) {
        final List<String> names = config.featureNames();
        boolean varies = false;
        for (int q = 0; q < x.length; q++) {
            if (x[q].length != names.size()) {
                throw new IllegalArgumentException(
                        "x[" + q + "] length=" + x[q].length + " != features=" + names.size());
            }
            for (int f = 0; f < names.size(); f++) {
                if (Math.abs(x[q][f]) > MOST_FEATURE) {
                    throw new IllegalArgumentException(
                            "x[" + q + "] " + names.get(f) + "=" + x[q][f] + " is beyond " + MOST_FEATURE);
                }
                varies |= Float.compare(x[q][f] + 0f, x[0][f] + 0f) != 0;
            }
        }
        if (!varies) {
            throw new IllegalArgumentException(
                    "x: no feature varies over " + x.length + " rows: nothing can be told apart by them");
        }
    }

    private static int[][] directions(final RouterDistillationConfig config) {
        final List<String> names = config.featureNames();
        final int[][] directions = new int[OUTPUTS.size()][names.size()];
        for (final int[] ofOutput : directions) {
            for (int f = 0; f < ofOutput.length; f++) {
                ofOutput[f] = config.categories().containsKey(names.get(f)) ? Directions.UNORDERED : Directions.FREE;
            }
        }
        for (final MonotoneConstraint constraint : MonotoneConstraints.requiredFor(names)) {
            directions[OUTPUTS.indexOf(constraint.output())][names.indexOf(constraint.feature())] =
                    constraint.direction() == MonotoneConstraint.Direction.INCREASING ? 1 : -1;
        }
        return directions;
    }
}

package io.t1.ops.distil;

import io.t1.ops.observation.ContextFeature;
import io.t1.router.Quantiser;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Features with knots where the shapes of their targets bend, and NaN standing at the median; or one a category. */
final class PlacedKnots {
    private PlacedKnots() {}

    /**
     * Places them.
     *
     * @param names of the columns of {@code rows}.
     * @param rows {@code [query][feature]}, NaN where missing.
     * @param weights one a query.
     * @param variances of the targets that the shapes were fitted to; one that doesn't vary doesn't count.
     */
    static List<FeatureSpec> of(
            final List<String> names,
            final float[][] rows,
            final double[] weights,
            final double[] variances,
            final AdditiveShapes shapes) {
        return IntStream.range(0, names.size())
                .parallel()
                .mapToObj(f -> feature(f, names.get(f), column(rows, f), weights, variances, shapes))
                .toList();
    }

    private static FeatureSpec feature(
            final int f,
            final String name,
            final float[] column,
            final double[] weights,
            final double[] variances,
            final AdditiveShapes shapes) {
        final List<String> categories = shapes.grids().get(f).categories();
        if (!categories.isEmpty()) {
            return CategoryKnots.feature(name, categories);
        }
        final String unit =
                ContextFeature.ofColumn(name).map(ContextFeature::unit).orElse("");
        final float[] knots = knots(f, column, shapes, variances, weights);
        final byte[] code = new byte[1];
        Quantiser.of(List.of(new FeatureSpec(name, unit, 0, knots))).quantise(new float[] {Knots.median(column)}, code);
        return new FeatureSpec(name, unit, code[0] & 0xFF, knots);
    }

    private static float[] knots(
            final int feature,
            final float[] column,
            final AdditiveShapes shapes,
            final double[] variances,
            final double[] weights) {
        final FeatureGrid grid = shapes.grids().get(feature);
        final int n = grid.places().length;
        if (n <= FeatureSpec.KNOTS) {
            return Knots.of(column);
        }
        final double total = Arrays.stream(weights).sum();
        final double[] mass = new double[n];
        for (int q = 0; q < column.length; q++) {
            mass[grid.nearest(column[q])] += weights[q] / total;
        }
        final double[][] ofFeature =
                Arrays.stream(shapes.values()).map(shape -> shape[feature]).toArray(double[][]::new);
        final int[] at = KnotPlacement.place(grid.places(), mass, ofFeature, variances);
        final float[] knots = new float[FeatureSpec.KNOTS];
        for (int i = 0; i < knots.length; i++) {
            knots[i] = grid.places()[at[i]];
        }
        return knots;
    }

    private static float[] column(final float[][] rows, final int feature) {
        final float[] column = new float[rows.length];
        for (int q = 0; q < column.length; q++) {
            column[q] = rows[q][feature];
        }
        return column;
    }

    /** Of each output's targets, {@code [output][query]}. */
    static double[] variances(final double[][] targets) {
        return Arrays.stream(targets).mapToDouble(PlacedKnots::variance).toArray();
    }

    private static double variance(final double[] values) {
        final double mean = Arrays.stream(values).average().orElse(0);
        return Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElse(0);
    }
}

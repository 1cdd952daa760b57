package io.t1.ops.distil;

import io.t1.router.Quantiser;
import io.t1.router.artifact.FeatureSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An additive model an output, on a table's codes: the table before rounding.
 *
 * @param features with their knots.
 * @param outputs in the table's order.
 */
record KnottedModel(List<FeatureSpec> features, List<AdditiveModel> outputs) implements OutputModel {
    /** The shapes' values at the knots, joined by straight lines; means over {@code normal}'s queries are kept. */
    static KnottedModel of(final AdditiveShapes shapes, final List<FeatureSpec> features, final double[] means) {
        return new KnottedModel(
                features,
                IntStream.range(0, shapes.values().length)
                        .mapToObj(o -> through(shapes, o, features, means))
                        .toList());
    }

    private static AdditiveModel through(
            final AdditiveShapes shapes, final int output, final List<FeatureSpec> features, final double[] means) {
        final double[][] knots = new double[features.size()][FeatureSpec.KNOTS];
        double centre = 0;
        for (int f = 0; f < knots.length; f++) {
            final FeatureGrid grid = shapes.grids().get(f);
            for (int i = 0; i < FeatureSpec.KNOTS; i++) {
                knots[f][i] =
                        shapes.values()[output][f][grid.nearest(features.get(f).knots()[i])];
                centre += knots[f][i] * means[f * FeatureSpec.KNOTS + i];
            }
        }
        return new AdditiveModel(shapes.intercepts()[output] - centre, knots);
    }

    /** Codes of queries, {@code [query][feature]}. */
    static byte[][] codes(final List<FeatureSpec> features, final float[][] rows) {
        final Quantiser quantiser = Quantiser.of(features);
        final byte[][] codes = new byte[rows.length][features.size()];
        IntStream.range(0, rows.length).parallel().forEach(q -> quantiser.quantise(rows[q], codes[q]));
        return codes;
    }

    @Override
    public double[][] at(final float[][] rows) {
        return at(codes(features, rows));
    }

    /** The outputs of queries by their codes, {@code codes[query][feature]}. */
    double[][] at(final byte[][] codes) {
        return outputs.parallelStream().map(model -> model.at(codes)).toArray(double[][]::new);
    }
}

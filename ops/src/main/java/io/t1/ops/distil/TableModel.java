package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A table's outputs before they are clamped, for fitting; what is judged goes through the sidecar's own kernel.
 *
 * @param features with their knots.
 * @param body outputs and pairs.
 */
record TableModel(List<FeatureSpec> features, TableBody body) implements OutputModel {
    @Override
    public double[][] at(final float[][] rows) {
        return at(KnottedModel.codes(features, rows), body);
    }

    /** The outputs of queries by their codes, {@code codes[query][feature]}. */
    static double[][] at(final byte[][] codes, final TableBody body) {
        final List<OutputSpec> outputs = body.outputs();
        return IntStream.range(0, outputs.size())
                .parallel()
                .mapToObj(o -> values(body, o, codes))
                .toArray(double[][]::new);
    }

    private static double[] values(final TableBody body, final int o, final byte[][] codes) {
        final OutputSpec output = body.outputs().get(o);
        final double[] values = new double[codes.length];
        for (int q = 0; q < values.length; q++) {
            long sum = 0;
            for (int f = 0; f < output.values().length; f++) {
                final int code = codes[q][f] & 0xFF;
                final byte[] knots = output.values()[f];
                sum += (16 - (code & 15)) * knots[code >> 4] + (code & 15) * knots[(code >> 4) + 1];
            }
            long paired = 0;
            for (final PairSpec pair : body.pairs()) {
                paired += GoldenVectors.pair(
                        pair.grids()[o], codes[q][pair.first()] & 0xFF, codes[q][pair.second()] & 0xFF);
            }
            values[q] = output.offset() + output.scale() * (output.bias() + 64.0 * sum + paired);
        }
        return values;
    }
}

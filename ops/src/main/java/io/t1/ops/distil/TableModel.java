package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.OutputSpec;
import java.util.List;

/**
 * A table's outputs before they are clamped, for fitting; what is judged goes through the sidecar's own kernel.
 *
 * @param features with their knots.
 * @param outputs in the table's order.
 */
record TableModel(List<FeatureSpec> features, List<OutputSpec> outputs) implements OutputModel {
    @Override
    public double[][] at(final float[][] rows) {
        final byte[][] codes = KnottedModel.codes(features, rows);
        return outputs.stream().map(output -> values(output, codes)).toArray(double[][]::new);
    }

    private static double[] values(final OutputSpec output, final byte[][] codes) {
        final double[] values = new double[codes.length];
        for (int q = 0; q < values.length; q++) {
            long sum = 0;
            for (int f = 0; f < output.values().length; f++) {
                final int code = codes[q][f] & 0xFF;
                final byte[] knots = output.values()[f];
                sum += (16 - (code & 15)) * knots[code >> 4] + (code & 15) * knots[(code >> 4) + 1];
            }
            values[q] = output.offset() + output.scale() * (output.bias() + 64.0 * sum);
        }
        return values;
    }
}

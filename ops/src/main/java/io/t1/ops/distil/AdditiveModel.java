package io.t1.ops.distil;

import java.util.Arrays;

/**
 * A sum of piecewise linear functions, one a feature, on the codes of a quantiser.
 *
 * @param intercept added to the pieces.
 * @param knots {@code [feature][knot]}, each feature's mean over the training queries being 0.
 */
record AdditiveModel(double intercept, double[][] knots) {
    /** Its value for one query's codes. */
    double at(final byte[] codes) {
        double sum = intercept;
        for (int f = 0; f < knots.length; f++) {
            final int code = codes[f] & 0xFF;
            final int s = code >> 4;
            final double r = (code & 15) / 16.0;
            sum += (1 - r) * knots[f][s] + r * knots[f][s + 1];
        }
        return sum;
    }

    /** Its value for every query, {@code codes[query][feature]}. */
    double[] at(final byte[][] codes) {
        return Arrays.stream(codes).mapToDouble(this::at).toArray();
    }
}

package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;

/**
 * Normal equations of an additive fit in the basis of hat functions, one a feature and knot, centred by the weighted
 * means so that the intercept drops out, per unit of weight.
 *
 * @param features how many.
 * @param gram {@code [f * 17 + i][g * 17 + j]}.
 * @param right {@code [f * 17 + i]}.
 * @param means of the hat functions.
 * @param meanTarget of the target.
 */
record HatGram(int features, double[][] gram, double[] right, double[] means, double meanTarget) {
    static final int KNOTS = FeatureSpec.KNOTS;

    /**
     * @param codes {@code [query][feature]}.
     * @param weights 0 or more, not all 0.
     */
    static HatGram of(final byte[][] codes, final double[] target, final double[] weights) {
        final int features = codes[0].length;
        final int size = features * KNOTS;
        final double[][] gram = new double[size][size];
        final double[] right = new double[size];
        final double[] means = new double[size];
        double meanTarget = 0;
        final double total = Arrays.stream(weights).sum();
        final int[] left = new int[features];
        final double[] beyond = new double[features];
        for (int q = 0; q < codes.length; q++) {
            final double w = weights[q] / total;
            if (w == 0) {
                continue; // a fold that is left out
            }
            meanTarget += w * target[q];
            for (int f = 0; f < features; f++) {
                final int code = codes[q][f] & 0xFF;
                left[f] = f * KNOTS + (code >> 4);
                beyond[f] = (code & 15) / 16.0;
                means[left[f]] += w * (1 - beyond[f]);
                means[left[f] + 1] += w * beyond[f];
                right[left[f]] += w * (1 - beyond[f]) * target[q];
                right[left[f] + 1] += w * beyond[f] * target[q];
            }
            for (int f = 0; f < features; f++) {
                for (int g = 0; g < features; g++) {
                    final double[] row = gram[left[f]];
                    final double[] next = gram[left[f] + 1];
                    row[left[g]] += w * (1 - beyond[f]) * (1 - beyond[g]);
                    row[left[g] + 1] += w * (1 - beyond[f]) * beyond[g];
                    next[left[g]] += w * beyond[f] * (1 - beyond[g]);
                    next[left[g] + 1] += w * beyond[f] * beyond[g];
                }
            }
        }
        for (int i = 0; i < size; i++) {
            right[i] -= means[i] * meanTarget;
            for (int j = 0; j < size; j++) {
                gram[i][j] -= means[i] * means[j];
            }
        }
        return new HatGram(features, gram, right, means, meanTarget);
    }

    /**
     * The same for another target of the same queries under the same weights.
     *
     * @param codes {@code [query][feature]}.
     */
    HatGram to(final byte[][] codes, final double[] target, final double[] weights) {
        final double[] ofTarget = new double[right.length];
        double mean = 0;
        final double total = Arrays.stream(weights).sum();
        for (int q = 0; q < codes.length; q++) {
            final double w = weights[q] / total * target[q];
            mean += w;
            for (int f = 0; f < features; f++) {
                final int code = codes[q][f] & 0xFF;
                final int left = f * KNOTS + (code >> 4);
                final double beyond = (code & 15) / 16.0;
                ofTarget[left] += w * (1 - beyond);
                ofTarget[left + 1] += w * beyond;
            }
        }
        for (int i = 0; i < ofTarget.length; i++) {
            ofTarget[i] -= means[i] * mean;
        }
        return new HatGram(features, gram, ofTarget, means, mean);
    }
}

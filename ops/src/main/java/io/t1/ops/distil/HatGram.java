package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

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
     * Of one target.
     *
     * @param codes {@code [query][feature]}.
     * @param weights 0 or more, not all 0.
     */
    static HatGram of(final byte[][] codes, final double[] target, final double[] weights) {
        return of(codes, weights, List.of(target)).getFirst();
    }

    /**
     * Of several targets of the same queries, of which the products of the hats are the same.
     *
     * @param codes {@code [query][feature]}.
     * @param weights 0 or more, not all 0.
     */
    static List<HatGram> of(final byte[][] codes, final double[] weights, final List<double[]> targets) {
        return HatSums.of(codes, weights, targets).normals();
    }

    /**
     * Of all queries but those of a fold, for each fold; query q is of fold {@code q % folds}. Each query is gone through once.
     *
     * @return by fold, then by target.
     */
    static List<List<HatGram>> withoutFolds(
            final byte[][] codes, final double[] weights, final List<double[]> targets, final int folds) {
        final List<HatSums> ofFolds = IntStream.range(0, folds)
                .mapToObj(fold -> HatSums.ofEveryNth(codes, weights, targets, fold, folds))
                .toList();
        return IntStream.range(0, folds)
                .mapToObj(fold -> HatSums.added(IntStream.range(0, folds)
                                .filter(other -> other != fold)
                                .mapToObj(ofFolds::get)
                                .toList())
                        .normals())
                .toList();
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

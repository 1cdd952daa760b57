package io.t1.ops.distil;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How smooth to fit, by five-fold cross-validation against what was measured: of a few strengths, the one whose fits
 * predict outcomes of unseen queries best.
 */
final class Smoothing {
    /** For targets that are themselves smooth functions of the features. */
    static final double OF_SMOOTH_TARGETS = 3e-4;

    private static final double[] STRENGTHS = {1e-3, 3e-3, 1e-2, 3e-2, 1e-1};
    private static final int FOLDS = 5;

    private Smoothing() {}

    /**
     * Something to fit.
     *
     * @param target what the fit is given.
     * @param outcome what it is judged against.
     * @param directions per feature, of {@link Directions}; those that must be kept don't count here.
     */
    record Fitted(double[] target, double[] outcome, int[] directions) {}

    /** The best strength of each of several, on the same queries. */
    static double[] best(final byte[][] codes, final double[] weights, final List<Fitted> fitted) {
        final List<double[]> targets = fitted.stream().map(Fitted::target).toList();
        final List<List<HatGram>> normals = HatGram.withoutFolds(codes, weights, targets, FOLDS);
        return IntStream.range(0, fitted.size())
                .mapToDouble(t -> best(
                        codes,
                        weights,
                        fitted.get(t),
                        normals.stream().map(ofFold -> ofFold.get(t)).toList()))
                .toArray();
    }

    private static double best(
            final byte[][] codes, final double[] weights, final Fitted fitted, final List<HatGram> normals) {
        final int[] free = Directions.unconstrained(fitted.directions());
        final double[] losses = Arrays.stream(STRENGTHS)
                .parallel()
                .map(strength -> loss(codes, fitted.outcome(), weights, normals, free, strength))
                .toArray();
        int best = STRENGTHS.length - 1;
        for (int i = STRENGTHS.length - 1; i >= 0; i--) {
            best = losses[i] <= losses[best] ? i : best;
        }
        return STRENGTHS[best];
    }

    private static double loss(
            final byte[][] codes,
            final double[] outcome,
            final double[] weights,
            final List<HatGram> normals,
            final int[] directions,
            final double strength) {
        double loss = 0;
        for (int fold = 0; fold < FOLDS; fold++) {
            final AdditiveModel model = AdditiveFit.fit(normals.get(fold), directions, strength);
            for (int q = fold; q < codes.length; q += FOLDS) {
                final double error = outcome[q] - model.at(codes[q]);
                loss += weights[q] * error * error;
            }
        }
        return loss;
    }
}

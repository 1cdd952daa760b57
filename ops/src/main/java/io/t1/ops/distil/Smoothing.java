package io.t1.ops.distil;

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
     * The best strength.
     *
     * @param target what the fit is given.
     * @param outcome what it is judged against.
     * @param directions per feature, of {@link Directions}; those that must be kept don't count here.
     */
    static double best(
            final byte[][] codes,
            final double[] target,
            final double[] outcome,
            final double[] weights,
            final int[] directions) {
        final int[] free = Directions.unconstrained(directions);
        final HatGram[] normals = new HatGram[FOLDS];
        for (int fold = 0; fold < FOLDS; fold++) {
            final double[] kept = weights.clone();
            for (int q = fold; q < kept.length; q += FOLDS) {
                kept[q] = 0;
            }
            normals[fold] = HatGram.of(codes, target, kept);
        }
        double least = Double.POSITIVE_INFINITY;
        double best = STRENGTHS[STRENGTHS.length - 1];
        for (final double strength : STRENGTHS) {
            double loss = 0;
            for (int fold = 0; fold < FOLDS; fold++) {
                final AdditiveModel model = AdditiveFit.fit(normals[fold], free, strength);
                for (int q = fold; q < codes.length; q += FOLDS) {
                    final double error = outcome[q] - model.at(codes[q]);
                    loss += weights[q] * error * error;
                }
            }
            if (loss < least) {
                least = loss;
                best = strength;
            }
        }
        return best;
    }
}

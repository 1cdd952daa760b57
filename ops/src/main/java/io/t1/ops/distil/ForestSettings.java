package io.t1.ops.distil;

import java.util.Locale;

/**
 * What is searched for when a forest is grown.
 *
 * @param depth of a tree; 1 gives an additive forest.
 * @param learningRate eta, above 0, at most 1.
 * @param l2 lambda, on the leaves.
 * @param fewestInLeaf least hessian weight of a leaf of means: rows; of a chance a fifth of it.
 */
record ForestSettings(int depth, double learningRate, double l2, double fewestInLeaf) {
    /** Where no search is made. */
    static final ForestSettings STANDARD = new ForestSettings(3, 0.08, 2, 15);

    /** The same with trees of another depth. */
    ForestSettings withDepth(final int depth) {
        return new ForestSettings(depth, learningRate, l2, fewestInLeaf);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "depth %d, rate %.2f, l2 %.0f, leaf %.0f", depth, learningRate, l2, fewestInLeaf);
    }
}

package io.t1.ops.distil;

/**
 * How one way of growing forests did on queries that it didn't see.
 *
 * @param settings depth, rate and regularisation, in words.
 * @param depth of the trees.
 * @param chanceLoss logistic loss of the chance of benefit, over that of its mean; below 1 something is learnt.
 * @param gainLoss squared error of FULL's gain, over that of its mean.
 * @param chosen whether the teacher is grown so.
 */
public record TriedForest(String settings, int depth, double chanceLoss, double gainLoss, boolean chosen) {}

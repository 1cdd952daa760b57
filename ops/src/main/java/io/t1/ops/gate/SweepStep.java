package io.t1.ops.gate;

/**
 * One of the 21 steps around the optimum.
 *
 * @param thetaStar of this step.
 * @param ndcg10 mean under it.
 * @param load the constrained quantity under it.
 * @param withinBudget whether the limit less its headroom is kept.
 */
public record SweepStep(double thetaStar, double ndcg10, double load, boolean withinBudget) {}

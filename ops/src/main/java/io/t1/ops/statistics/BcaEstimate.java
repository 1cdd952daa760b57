package io.t1.ops.statistics;

/**
 * An estimate with its bootstrap bounds.
 *
 * @param estimate of the statistic on the sample.
 * @param lo lower end of the two-sided interval.
 * @param hi upper end of the two-sided interval.
 * @param lowerBound one-sided lower bound (LCB) at the same confidence.
 * @param upperBound one-sided upper bound (UCB) at the same confidence.
 * @param n observations.
 */
public record BcaEstimate(double estimate, double lo, double hi, double lowerBound, double upperBound, int n) {}

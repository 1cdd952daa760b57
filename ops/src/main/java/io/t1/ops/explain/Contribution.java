package io.t1.ops.explain;

/**
 * What one feature, or one pair of features, adds to an output beside what it adds when unknown.
 *
 * @param term the feature's name, or both of a pair's with {@code " x "} between.
 * @param accumulatorSteps exact; the table's scale times these is the output's change before its clamp.
 * @param amount the same in the output's unit.
 */
public record Contribution(String term, int accumulatorSteps, double amount) {}

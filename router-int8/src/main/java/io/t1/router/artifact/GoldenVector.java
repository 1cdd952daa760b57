package io.t1.router.artifact;

/**
 * A worked example that travels with a table: every kernel must give exactly this.
 *
 * @param codes one a feature, 0 to 255.
 * @param accumulators one an output.
 */
public record GoldenVector(int[] codes, int[] accumulators) {}

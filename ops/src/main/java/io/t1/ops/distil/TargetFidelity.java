package io.t1.ops.distil;

import java.util.Map;

/**
 * How much of the targets' variance a step towards the table explains, on queries that it hadn't seen.
 *
 * @param step after which.
 * @param r2ByOutput weighted, by the output's name in the table; a target that doesn't vary has none.
 */
public record TargetFidelity(FidelityStep step, Map<String, Double> r2ByOutput) {}

package io.t1.ops.explain;

import io.t1.router.artifact.OutputName;
import java.util.List;

/**
 * One output of one query, taken apart: base and contributions add up to the accumulator, step for step.
 *
 * @param output which.
 * @param baseSteps the accumulator of a query of which nothing is known.
 * @param base that query's output before its clamp, in the output's unit.
 * @param contributions one a feature in the table's order, then one a pair.
 * @param accumulator the query's own.
 * @param value the query's output, float32, clamped, as the sidecar gives it.
 * @param clamped whether the clamp changed it.
 */
public record OutputExplanation(
        OutputName output,
        int baseSteps,
        double base,
        List<Contribution> contributions,
        int accumulator,
        float value,
        boolean clamped) {}

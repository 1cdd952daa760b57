package io.t1.ops.distil;

import io.t1.ops.gate.Budget;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.Agreement;
import io.t1.router.artifact.OutputName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How near a step stays to the teacher on queries that neither had seen. Both give FULL and CHEAP to the same shares of
 * queries, those at which the teacher gains most within the budget, so that only the order of queries differs.
 *
 * @param step after which; {@code TEACHER} for the teacher itself.
 * @param r2 of what is held against the bars, {@code score + tau - tau_mean}, to the teacher's.
 * @param agreement share of queries that get the teacher's arm.
 * @param ndcg mean nDCG@10.
 * @param costMs mean extra latency over SKIP.
 * @param r2ByOutput of each output to the teacher's, by its name in the table.
 */
public record Fidelity(
        String step, double r2, double agreement, double ndcg, double costMs, Map<String, Double> r2ByOutput) {
    /** The teacher, and each step after it. */
    static List<Fidelity> of(
            final CrossFittedClaims claims, final MeasuredArms measured, final Budget budget, final Folds folds) {
        final List<ClaimedArms> steps = new ArrayList<>();
        for (final FidelityStep step : claims.steps().keySet()) {
            steps.add(claims.claims(step));
        }
        final List<byte[]> arms =
                ThresholdChoice.sharedArms(budget, claims.teacher(), steps, measured, folds.of(), folds.count());
        final byte[] taught = arms.getFirst();
        final List<Fidelity> fidelity = new ArrayList<>();
        fidelity.add(of("TEACHER", claims.teacher(), claims.teacherOutputs(), taught, claims, taught, measured));
        for (final FidelityStep step : claims.steps().keySet()) {
            fidelity.add(of(
                    step.name(),
                    claims.claims(step),
                    claims.outputs(step),
                    arms.get(step.ordinal() + 1),
                    claims,
                    taught,
                    measured));
        }
        return List.copyOf(fidelity);
    }

    private static Fidelity of(
            final String step,
            final ClaimedArms claimed,
            final double[][] outputs,
            final byte[] arms,
            final CrossFittedClaims claims,
            final byte[] taught,
            final MeasuredArms measured) {
        final Map<String, Double> byOutput = new TreeMap<>();
        for (final OutputName output : OutputName.values()) {
            byOutput.put(
                    output.jsonName(),
                    Agreement.rSquared(claims.teacherOutputs()[output.ordinal()], outputs[output.ordinal()]));
        }
        double ndcg = 0;
        double costMs = 0;
        int same = 0;
        for (int q = 0; q < arms.length; q++) {
            ndcg += measured.ndcg10()[arms[q]][q] / arms.length;
            costMs += measured.costMs(arms[q], q) / arms.length;
            same += arms[q] == taught[q] ? 1 : 0;
        }
        return new Fidelity(
                step,
                Agreement.rSquared(claims.teacher().claim(), claimed.claim()),
                (double) same / arms.length,
                ndcg,
                costMs,
                byOutput);
    }
}

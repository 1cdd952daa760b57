package io.t1.gating;

import io.t1.codec.Arm;
import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.OutputName;
import java.util.Arrays;

/**
 * A batch's last step, from outputs to decisions: node scores, gate, exploration, frontier, query by query.
 *
 * <p>Threading: the batch decider's. Allocation: none.
 */
final class BatchGate {
    private static final int SKIP = Arm.SKIP.code();
    private static final int TAU = OutputName.TAU.ordinal();
    private static final int SPEND_CAP_MS = OutputName.SPEND_CAP_MS.ordinal();
    private static final int MIN_CONF_GAIN = OutputName.MIN_CONF_GAIN.ordinal();
    private static final int SCORE = OutputName.SCORE.ordinal();
    private static final int EXPECTED_GAIN = OutputName.EXPECTED_GAIN.ordinal();

    private final long seed;

    /**
     * @param seed of this thread's exploration.
     */
    BatchGate(final long seed) {
        this.seed = seed;
    }

    /**
     * Decides by the table's outputs.
     *
     * @param outputs output by output: that of query q is at {@code output * stride + q}.
     * @param decisions whose score column holds the node's scores, NaN for none; all columns but ids are filled.
     * @param firstId id of the first decision.
     */
    void decide(
            final TableSnapshot snapshot,
            final float[] outputs,
            final int stride,
            final int count,
            final DecisionBatch decisions,
            final long firstId) {
        final boolean hasExpectedGain = snapshot.table().outputs() > EXPECTED_GAIN;
        final Gate gate = snapshot.gate();
        final Frontier frontier = snapshot.frontier();
        final Exploration exploration = snapshot.exploration();
        final boolean exploring = exploration.isOn();
        final int standing = snapshot.standingFlags();
        for (int q = 0; q < count; q++) {
            final float tau = outputs[TAU * stride + q];
            final float capMs = outputs[SPEND_CAP_MS * stride + q];
            final float minGain = outputs[MIN_CONF_GAIN * stride + q];
            final float gain = hasExpectedGain ? outputs[EXPECTED_GAIN * stride + q] : Float.NaN; // NaN skips the rule
            float score = decisions.score[q];
            int flags = standing | DecisionFlag.NODE_SCORE;
            if (Float.isNaN(score)) {
                score = outputs[SCORE * stride + q];
                flags = standing;
            }
            int greedy = gate.armByScore(score, tau);
            if (greedy != SKIP && Gate.isLowGain(gain, minGain)) {
                greedy = SKIP;
                flags |= DecisionFlag.LOW_GAIN;
            }
            int wanted = greedy;
            if (exploring) {
                final double draw = Exploration.draw(seed, firstId + q);
                wanted = exploration.wanted(draw, greedy);
                flags |= exploration.explores(draw) ? DecisionFlag.EXPLORED : 0;
            }
            final int configuration = frontier.configuration(wanted, capMs);
            final byte arm = frontier.arm(configuration);
            flags |= arm == wanted ? 0 : DecisionFlag.CAPPED;
            decisions.tau[q] = tau;
            decisions.spendCapMs[q] = capMs;
            decisions.minConfGain[q] = minGain;
            decisions.score[q] = score;
            decisions.expectedGain[q] = gain;
            decisions.propensity[q] = exploring ? exploration.propensity(arm, greedy, frontier, capMs) : 1;
            decisions.flags[q] = (short) flags;
            decisions.arm[q] = arm;
            decisions.ef[q] = frontier.ef(configuration);
            decisions.topk[q] = frontier.topk(configuration);
            decisions.rerankDepth[q] = frontier.rerankDepth(configuration);
        }
    }

    /** The baseline decision for every query, with these flags and no outputs. */
    void answerBaseline(final TableSnapshot snapshot, final int count, final int flags, final DecisionBatch decisions) {
        final BaselineDecision baseline = snapshot.artifact().baseline();
        Arrays.fill(decisions.tau, 0, count, Float.NaN);
        Arrays.fill(decisions.spendCapMs, 0, count, Float.NaN);
        Arrays.fill(decisions.minConfGain, 0, count, Float.NaN);
        Arrays.fill(decisions.score, 0, count, Float.NaN);
        Arrays.fill(decisions.expectedGain, 0, count, Float.NaN);
        Arrays.fill(decisions.propensity, 0, count, 1);
        Arrays.fill(decisions.flags, 0, count, (short) flags);
        Arrays.fill(decisions.arm, 0, count, baseline.arm().code());
        Arrays.fill(decisions.ef, 0, count, (char) baseline.ef());
        Arrays.fill(decisions.topk, 0, count, (char) baseline.topk());
        Arrays.fill(decisions.rerankDepth, 0, count, (char) baseline.rerankDepth());
    }
}

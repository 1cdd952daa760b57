package io.t1.gating;

import io.t1.router.artifact.BaselineDecision;
import io.t1.router.artifact.OutputName;
import java.util.Arrays;

/**
 * A batch's last step, from outputs to decisions: node scores, gate, exploration, frontier, query by query.
 *
 * <p>Threading: the batch decider's. Allocation: none.
 */
final class BatchGate {
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
        if (snapshot.exploration().isOn()) {
            for (int q = 0; q < count; q++) {
                decideOne(snapshot, outputs, stride, q, decisions, firstId + q);
            }
            return;
        }
        System.arraycopy(outputs, TAU * stride, decisions.tau, 0, count);
        System.arraycopy(outputs, SPEND_CAP_MS * stride, decisions.spendCapMs, 0, count);
        System.arraycopy(outputs, MIN_CONF_GAIN * stride, decisions.minConfGain, 0, count);
        if (snapshot.hasExpectedGain()) {
            System.arraycopy(outputs, EXPECTED_GAIN * stride, decisions.expectedGain, 0, count);
        } else {
            Arrays.fill(decisions.expectedGain, 0, count, Float.NaN);
        }
        Arrays.fill(decisions.propensity, 0, count, 1);
        takeScores(snapshot, outputs, SCORE * stride, count, decisions);
        snapshot.greedyArms().cells(decisions, count);
        snapshot.frontier().spend(decisions, count);
    }

    /** The node's score where there is one, else the table's; and the flags that say so. */
    private static void takeScores(
            final TableSnapshot snapshot,
            final float[] outputs,
            final int scoresAt,
            final int count,
            final DecisionBatch decisions) {
        final int standing = snapshot.standingFlags();
        final float[] scores = decisions.score;
        final long[] done = decisions.done;
        if (!decisions.hasNodeScores) {
            System.arraycopy(outputs, scoresAt, scores, 0, count);
            Arrays.fill(done, 0, count, standing);
            return;
        }
        for (int q = 0; q < count; q++) {
            if (Float.isNaN(scores[q])) {
                scores[q] = outputs[scoresAt + q];
                done[q] = standing;
            } else {
                done[q] = standing | DecisionFlag.NODE_SCORE;
            }
        }
    }

    /** The same for query q alone: without a loop, whose prologue would cost more than the query. */
    void decideOne(
            final TableSnapshot snapshot,
            final float[] outputs,
            final int stride,
            final int q,
            final DecisionBatch decisions,
            final long id) {
        final float tau = outputs[TAU * stride + q];
        final float capMs = outputs[SPEND_CAP_MS * stride + q];
        final float minGain = outputs[MIN_CONF_GAIN * stride + q];
        // NaN skips the rule
        final float gain = snapshot.hasExpectedGain() ? outputs[EXPECTED_GAIN * stride + q] : Float.NaN;
        float score = decisions.score[q];
        int flags = snapshot.standingFlags() | DecisionFlag.NODE_SCORE;
        if (Float.isNaN(score)) {
            score = outputs[SCORE * stride + q];
            flags = snapshot.standingFlags();
            decisions.score[q] = score;
        }
        final int asked = snapshot.gate().armByScore(score, tau);
        final int low = Gate.isLowGain(gain, minGain) ? 1 : 0;
        final int held = -low & -asked >> 31; // all ones when an arm is withheld
        final int greedy = asked & ~held;
        flags |= held & DecisionFlag.LOW_GAIN;
        decisions.tau[q] = tau;
        decisions.spendCapMs[q] = capMs;
        decisions.minConfGain[q] = minGain;
        decisions.expectedGain[q] = gain;
        if (snapshot.exploration().isOn()) {
            explore(snapshot, greedy, capMs, flags, q, decisions, id);
        } else {
            spend(snapshot.frontier(), greedy, capMs, flags, q, decisions);
            decisions.propensity[q] = 1;
        }
    }

    private void explore(
            final TableSnapshot snapshot,
            final int greedy,
            final float capMs,
            final int flags,
            final int q,
            final DecisionBatch decisions,
            final long id) {
        final Exploration exploration = snapshot.exploration();
        final double draw = Exploration.draw(seed, id);
        final int explored = exploration.explores(draw) ? DecisionFlag.EXPLORED : 0;
        final byte arm =
                spend(snapshot.frontier(), exploration.wanted(draw, greedy), capMs, flags | explored, q, decisions);
        decisions.propensity[q] = exploration.propensity(arm, greedy, snapshot.frontier(), capMs);
    }

    /** Fills what the wanted arm comes to under the cap; returns the arm that is done. */
    private static byte spend(
            final Frontier frontier,
            final int wanted,
            final float capMs,
            final int flags,
            final int q,
            final DecisionBatch decisions) {
        final int cell = frontier.cell(wanted, capMs);
        final byte arm = frontier.armAt(cell);
        decisions.done[q] = frontier.doneAt(cell) | flags;
        decisions.arm[q] = arm;
        return arm;
    }

    /** The baseline decision for every query, with these flags and no outputs. */
    void answerBaseline(final TableSnapshot snapshot, final int count, final int flags, final DecisionBatch decisions) {
        final BaselineDecision baseline = snapshot.baseline();
        Arrays.fill(decisions.tau, 0, count, Float.NaN);
        Arrays.fill(decisions.spendCapMs, 0, count, Float.NaN);
        Arrays.fill(decisions.minConfGain, 0, count, Float.NaN);
        Arrays.fill(decisions.score, 0, count, Float.NaN);
        Arrays.fill(decisions.expectedGain, 0, count, Float.NaN);
        Arrays.fill(decisions.propensity, 0, count, 1);
        Arrays.fill(
                decisions.done,
                0,
                count,
                DecisionBatch.done(flags, baseline.ef(), baseline.topk(), baseline.rerankDepth()));
        Arrays.fill(decisions.arm, 0, count, baseline.arm().code());
    }
}

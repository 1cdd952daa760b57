package io.t1.gating;

/** Query by query. Threading: any. Allocation: none. */
final class ScalarGreedyArms implements GreedyArms {
    private final Gate gate;
    private final Frontier frontier;

    ScalarGreedyArms(final Gate gate, final Frontier frontier) {
        this.gate = gate;
        this.frontier = frontier;
    }

    @Override
    public void cells(final DecisionBatch decisions, final int count) {
        final float[] scores = decisions.score;
        final float[] taus = decisions.tau;
        final float[] gains = decisions.expectedGain;
        final float[] leastGains = decisions.minConfGain;
        final float[] capsMs = decisions.spendCapMs;
        final int[] cells = decisions.cell;
        for (int q = 0; q < count; q++) {
            cells[q] = frontier.cell(gate.greedy(scores[q], taus[q], gains[q], leastGains[q]), capsMs[q]);
        }
    }
}

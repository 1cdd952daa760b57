package io.t1.gating;

/**
 * From a batch's scores, outputs and caps to the cells of its frontier that say what is done, without exploration.
 *
 * <p>Threading: any. Allocation: none.
 */
sealed interface GreedyArms permits ScalarGreedyArms, VectorGreedyArms {
    /**
     * Fills {@code cell} from {@code score}, {@code tau}, {@code expectedGain}, {@code minConfGain} and {@code
     * spendCapMs}.
     *
     * @param count queries, 1 or more.
     */
    void cells(DecisionBatch decisions, int count);
}

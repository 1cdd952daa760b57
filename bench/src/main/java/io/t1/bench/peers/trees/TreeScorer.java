package io.t1.bench.peers.trees;

/** Scores the teacher for one query: all its forests. Threading: one thread. */
public interface TreeScorer extends AutoCloseable {
    /**
     * Scores.
     *
     * @param row the features, NaN where missing.
     * @param out one value a forest; the first is a chance.
     */
    void score(float[] row, float[] out) throws Exception;

    @Override
    void close();

    /** Of a sum of leaves. */
    static float chance(final double logOdds) {
        return (float) (1 / (1 + Math.exp(-logOdds)));
    }
}

package io.t1.bench.peers.trees;

import java.util.List;

/** Whether a library scores the teacher as XGBoost4J does: a peer that computes something else is no peer. */
public final class TreeAgreement {
    private static final int ROWS = 500;
    private static final long SEED = 99;
    private static final float TOLERANCE = 1e-5f;

    private TreeAgreement() {}

    /**
     * Compares 500 rows, missing values among them.
     *
     * @return the largest difference, relative to 1 or to the value if that is larger.
     * @throws IllegalStateException if it is over 1e-5.
     */
    public static float require(final TreePeer peer, final List<byte[]> models) throws Exception {
        final float[] expected = new float[models.size()];
        final float[] scored = new float[models.size()];
        float largest = 0;
        try (TreeScorer reference = TreePeer.XGBOOST4J.open(models);
                TreeScorer scorer = peer.open(models)) {
            for (final float[] row : TeacherQueries.rows(ROWS, SEED)) {
                reference.score(row, expected);
                scorer.score(row, scored);
                for (int i = 0; i < expected.length; i++) {
                    final float difference = Math.abs(expected[i] - scored[i]) / Math.max(1, Math.abs(expected[i]));
                    if (!(difference <= TOLERANCE)) {
                        throw new IllegalStateException(peer + " scores forest " + i + " as " + scored[i]
                                + ", XGBoost4J as " + expected[i] + ": difference=" + difference + " > " + TOLERANCE);
                    }
                    largest = Math.max(largest, difference);
                }
            }
        }
        return largest;
    }
}

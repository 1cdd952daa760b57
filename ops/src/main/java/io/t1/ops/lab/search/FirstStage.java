package io.t1.ops.lab.search;

/**
 * What the node knows of a query before it spends anything.
 *
 * @param query its text.
 * @param documents the best of BM25, best first, by their number in the index; at most {@link SearchNode#FIRST_STAGE}.
 * @param scores their BM25 scores.
 * @param features in the order of {@link LabFeatures#NAMES}; NaN where a query without a hit has none.
 * @param elapsedNanos what finding all this took.
 */
public record FirstStage(String query, int[] documents, float[] scores, float[] features, long elapsedNanos) {}

package io.t1.ops.observation;

import java.util.List;
import java.util.Map;

/**
 * Queries with targets of a user's own, in columns, in the order in which they stood.
 *
 * @param featureNames of the columns of {@code features}.
 * @param categories of the features that have them, by name.
 * @param queryIds each once.
 * @param features {@code [query][feature]}, NaN where missing.
 * @param tau the context's claim on time, 0 to 1.
 * @param spendCapMs most extra latency to spend, in ms.
 * @param minConfGain least expected gain worth any spend, in nDCG, 0 to 1.
 * @param weights 0 or more; 1 where a row names none.
 */
public record TargetQueries(
        List<String> featureNames,
        Map<String, List<String>> categories,
        List<String> queryIds,
        float[][] features,
        double[] tau,
        double[] spendCapMs,
        double[] minConfGain,
        double[] weights) {
    /** Queries. */
    public int size() {
        return features.length;
    }
}

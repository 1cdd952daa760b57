package io.t1.ops.observation;

import java.util.List;

/**
 * One query with all arms measured (full information).
 *
 * <p>Arrays over arms are indexed by {@link io.t1.codec.Arm#code()}.
 *
 * @param queryId unique.
 * @param slice its named group, e.g. {@code natural-language}.
 * @param features in the order of {@link MeasuredQueries#featureNames()}; NaN where missing.
 * @param ndcg10 nDCG@10 under each arm.
 * @param latencyMicros whole latency under each arm, in microseconds.
 * @param topTen document ids under each arm, best first.
 */
public record MeasuredQuery(
        String queryId,
        String slice,
        float[] features,
        double[] ndcg10,
        double[] latencyMicros,
        List<List<String>> topTen) {}

package io.t1.ops.observation;

import io.t1.codec.Arm;
import java.util.List;

/**
 * One query with the one arm that was chosen for it (bandit feedback).
 *
 * @param queryId unique.
 * @param slice its named group.
 * @param features in the order of the log's feature names; NaN where missing.
 * @param arm what was done.
 * @param propensity the probability with which the policy chose this arm here, above 0 and at most 1.
 * @param ndcg10 nDCG@10 under that arm.
 * @param latencyMicros whole latency under that arm, in microseconds.
 * @param topTen document ids, best first.
 */
public record LoggedQuery(
        String queryId,
        String slice,
        float[] features,
        Arm arm,
        double propensity,
        double ndcg10,
        double latencyMicros,
        List<String> topTen) {}

package io.t1.ops.spark;

import io.t1.codec.Arm;
import io.t1.ops.observation.MeasuredQuery;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;

/**
 * A measured query as Spark holds it, without the documents found.
 *
 * @param queryId unique.
 * @param slice its named group.
 * @param features NaN where missing.
 * @param ndcg10 under each arm.
 * @param latencyMicros whole latency under each arm.
 */
record HeldQuery(String queryId, String slice, float[] features, double[] ndcg10, double[] latencyMicros)
        implements Serializable {
    private static final List<List<String>> NO_TOP_TEN = Collections.nCopies(Arm.COUNT, List.of());
    private static final double MICROS_PER_MS = 1_000;

    static HeldQuery of(final MeasuredQuery query) {
        return new HeldQuery(query.queryId(), query.slice(), query.features(), query.ndcg10(), query.latencyMicros());
    }

    /** The same in this process. */
    MeasuredQuery measured() {
        return new MeasuredQuery(queryId, slice, features, ndcg10, latencyMicros, NO_TOP_TEN);
    }

    /** Latency under each arm in ms. */
    double[] latencyMs() {
        final double[] latencies = new double[latencyMicros.length];
        for (int arm = 0; arm < latencies.length; arm++) {
            latencies[arm] = latencyMicros[arm] / MICROS_PER_MS;
        }
        return latencies;
    }
}

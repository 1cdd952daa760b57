package io.t1.ops.observation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stood in a file, before anything about it is believed.
 *
 * @param location file and row, for messages.
 * @param queryId null when missing.
 * @param arm null when missing.
 * @param slice null when missing.
 * @param features NaN where missing.
 * @param ndcg10 NaN when missing.
 * @param latencyMicros NaN when missing.
 * @param topTen empty when missing.
 * @param notANumber the first column that holds something, but no number; null for none.
 */
record ObservationRow(
        String location,
        @Nullable String queryId,
        @Nullable String arm,
        @Nullable String slice,
        float[] features,
        double ndcg10,
        double latencyMicros,
        List<String> topTen,
        @Nullable String notANumber) {}

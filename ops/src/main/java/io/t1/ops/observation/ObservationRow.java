package io.t1.ops.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * @param propensity NaN when missing.
 * @param topTen empty when missing.
 * @param notANumber the first value that should be a number and isn't; null for none.
 */
record ObservationRow(
        String location,
        @Nullable String queryId,
        @Nullable String arm,
        @Nullable String slice,
        float[] features,
        double ndcg10,
        double latencyMicros,
        double propensity,
        List<String> topTen,
        @Nullable NotANumber notANumber) {
    private static final int MOST_TEXT = 256;

    /**
     * What stands where a number should.
     *
     * @param text as it stood there.
     */
    record NotANumber(String column, String text) {}

    /** This row as one that is left out. */
    RejectedRow rejected(final String reason, final List<String> featureNames) {
        final Map<String, Object> row = new LinkedHashMap<>();
        put(row, "query_id", queryId);
        put(row, "arm", arm);
        put(row, "slice", slice);
        for (int f = 0; f < features.length; f++) {
            put(row, featureNames.get(f), number(features[f]));
        }
        put(row, "ndcg10", number(ndcg10));
        put(row, "latency_us", number(latencyMicros));
        put(row, "propensity", number(propensity));
        if (notANumber != null) {
            final String text = notANumber.text();
            put(row, notANumber.column(), text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text);
        }
        return new RejectedRow(reason, where(), row);
    }

    /** The slice's name. */
    String sliceOrGlobal() {
        return slice == null || slice.isEmpty() ? "global" : slice;
    }

    private String where() {
        return location + (queryId == null ? "" : ", query_id " + queryId) + (arm == null ? "" : ", arm " + arm);
    }

    private static void put(final Map<String, Object> row, final String column, final @Nullable Object value) {
        if (value != null) {
            row.put(column, value);
        }
    }

    /** JSON has no infinite numbers; NaN is what was missing, or no number. */
    private static @Nullable Object number(final double value) {
        return Double.isNaN(value) ? null : Double.isInfinite(value) ? Double.toString(value) : (Object) value;
    }
}

package io.t1.ops.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stood in a file, before anything about it is believed.
 *
 * @param location for messages.
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
        RowPlace location,
        @Nullable String queryId,
        @Nullable String arm,
        @Nullable String slice,
        float[] features,
        double ndcg10,
        double latencyMicros,
        double propensity,
        List<String> topTen,
        RowCells.@Nullable NotANumber notANumber) {
    /** Cells of {@link RowColumns#OUTCOMES}. */
    static ObservationRow of(final RowCells cells) {
        final double[] numbers = cells.numbers();
        return new ObservationRow(
                cells.location(),
                cells.queryId(),
                cells.arm(),
                cells.slice(),
                cells.features(),
                numbers[0],
                numbers[1],
                numbers[2],
                cells.topTen(),
                cells.notANumber());
    }

    /** This row as one that is left out. */
    RejectedRow rejected(final String reason, final List<String> featureNames) {
        final Map<String, Object> row = new LinkedHashMap<>();
        RowCells.put(row, "query_id", queryId);
        RowCells.put(row, "arm", arm);
        RowCells.put(row, "slice", slice);
        for (int f = 0; f < features.length; f++) {
            RowCells.put(row, featureNames.get(f), RowCells.number(features[f]));
        }
        RowCells.put(row, "ndcg10", RowCells.number(ndcg10));
        RowCells.put(row, "latency_us", RowCells.number(latencyMicros));
        RowCells.put(row, "propensity", RowCells.number(propensity));
        if (notANumber != null) {
            notANumber.putInto(row);
        }
        return new RejectedRow(reason, where(), row, location);
    }

    /** The slice's name. */
    String sliceOrGlobal() {
        return slice == null || slice.isEmpty() ? "global" : slice;
    }

    private String where() {
        return location + (queryId == null ? "" : ", query_id " + queryId) + (arm == null ? "" : ", arm " + arm);
    }
}

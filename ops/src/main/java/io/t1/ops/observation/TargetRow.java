package io.t1.ops.observation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row with targets of a user's own, before anything about it is believed.
 *
 * @param location for messages.
 * @param queryId null when missing.
 * @param features NaN where missing.
 * @param tau NaN when missing, as the numbers after it.
 * @param notANumber the first value that should be a number and isn't; null for none.
 */
record TargetRow(
        RowPlace location,
        @Nullable String queryId,
        float[] features,
        double tau,
        double spendCapMs,
        double minConfGain,
        double weight,
        RowCells.@Nullable NotANumber notANumber) {
    /** Cells of {@link RowColumns#TARGETS}. */
    static TargetRow of(final RowCells cells) {
        final double[] numbers = cells.numbers();
        return new TargetRow(
                cells.location(),
                cells.queryId(),
                cells.features(),
                numbers[0],
                numbers[1],
                numbers[2],
                numbers[3],
                cells.notANumber());
    }

    /** This row as one that is left out. */
    RejectedRow rejected(final String reason, final List<String> featureNames) {
        final Map<String, Object> row = new LinkedHashMap<>();
        RowCells.put(row, "query_id", queryId);
        for (int f = 0; f < features.length; f++) {
            RowCells.put(row, featureNames.get(f), RowCells.number(features[f]));
        }
        RowCells.put(row, "tau", RowCells.number(tau));
        RowCells.put(row, "spend_cap_ms", RowCells.number(spendCapMs));
        RowCells.put(row, "min_conf_gain", RowCells.number(minConfGain));
        RowCells.put(row, "weight", RowCells.number(weight));
        if (notANumber != null) {
            notANumber.putInto(row);
        }
        return new RejectedRow(reason, location + (queryId == null ? "" : ", query_id " + queryId), row, location);
    }
}

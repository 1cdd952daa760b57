package io.t1.ops.observation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The cells of a row as they stood in a file, before anything about it is believed.
 *
 * @param location for messages.
 * @param queryId null when missing, as the texts after it.
 * @param numbers in the order of {@link RowColumns#numbers}; NaN where missing.
 * @param features NaN where missing.
 * @param topTen document ids; empty when missing.
 * @param notANumber the first value that should be a number and isn't; null for none.
 */
record RowCells(
        RowPlace location,
        @Nullable String queryId,
        @Nullable String arm,
        @Nullable String slice,
        List<String> topTen,
        double[] numbers,
        float[] features,
        @Nullable NotANumber notANumber) {
    private static final int MOST_TEXT = 256;

    /**
     * What stands where a number should.
     *
     * @param text as it stood there.
     */
    record NotANumber(String column, String text) {
        void putInto(final Map<String, Object> row) {
            row.put(column, text.length() > MOST_TEXT ? text.substring(0, MOST_TEXT) : text);
        }
    }

    static void put(final Map<String, Object> row, final String column, final @Nullable Object value) {
        if (value != null) {
            row.put(column, value);
        }
    }

    /** JSON has no infinite numbers; NaN is what was missing, or no number. */
    static @Nullable Object number(final double value) {
        return Double.isNaN(value) ? null : Double.isInfinite(value) ? Double.toString(value) : (Object) value;
    }
}

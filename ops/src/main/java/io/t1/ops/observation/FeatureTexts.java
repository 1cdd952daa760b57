package io.t1.ops.observation;

import io.t1.codec.CategoryValue;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.duckdb.DuckDBAppender;

/**
 * Writes a query's features: numbers as they are, categories by their names, null for what is unknown.
 *
 * @param names of each feature's categories by value; empty for a number.
 */
record FeatureTexts(List<Map<Float, String>> names) {
    static FeatureTexts of(final List<String> featureNames, final Map<String, List<String>> categories) {
        final List<Map<Float, String>> names = new ArrayList<>();
        for (final String feature : featureNames) {
            final Map<Float, String> byValue = new HashMap<>();
            categories
                    .getOrDefault(feature, List.of())
                    .forEach(category -> byValue.put(CategoryValue.of(category), category));
            names.add(byValue);
        }
        return new FeatureTexts(names);
    }

    void append(final DuckDBAppender rows, final float[] features) throws SQLException {
        for (int f = 0; f < features.length; f++) {
            final Map<Float, String> byValue = names.get(f);
            final String category = byValue.get(features[f]);
            if (category != null) {
                rows.append(category);
            } else if (Float.isNaN(features[f]) || !byValue.isEmpty()) {
                rows.appendNull();
            } else {
                rows.append(features[f]);
            }
        }
    }
}

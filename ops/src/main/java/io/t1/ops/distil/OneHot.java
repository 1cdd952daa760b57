package io.t1.ops.distil;

import io.t1.codec.CategoryValue;
import java.util.ArrayList;
import java.util.List;

/** Rows for models that are linear in their columns: a category has a column of its own, 1 where it is the query's. */
final class OneHot {
    private OneHot() {}

    /** Of a set's queries, {@code [query][column]}; the set's own rows where it has no categories. */
    static float[][] rows(final TrainingSet set) {
        if (set.categories().isEmpty()) {
            return set.rows();
        }
        final List<List<String>> categories = set.featureNames().stream()
                .map(name -> set.categories().getOrDefault(name, List.of()))
                .toList();
        final float[][] rows = new float[set.size()][];
        for (int q = 0; q < rows.length; q++) {
            rows[q] = row(set.rows()[q], categories);
        }
        return rows;
    }

    private static float[] row(final float[] values, final List<List<String>> categories) {
        final List<Float> row = new ArrayList<>();
        for (int f = 0; f < values.length; f++) {
            if (categories.get(f).isEmpty()) {
                row.add(values[f]);
            }
            for (final String category : categories.get(f)) {
                row.add(values[f] == CategoryValue.of(category) ? 1f : 0f);
            }
        }
        final float[] array = new float[row.size()];
        for (int i = 0; i < array.length; i++) {
            array[i] = row.get(i);
        }
        return array;
    }
}

package io.t1.codec.client;

import io.t1.codec.FeatureDescription;
import io.t1.codec.TableDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where each of a table's features lies among the caller's. Immutable. */
final class FeatureMapping {
    private static final int ABSENT = -1;

    private final int[] sources;
    private final @Nullable FeatureDescription[] categorical; // null for numbers

    FeatureMapping(final TableDescription table, final List<String> callers) {
        final List<FeatureDescription> features = table.features();
        sources = new int[features.size()];
        categorical = new FeatureDescription[features.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = callers.indexOf(features.get(i).name()); // ABSENT for one that the caller lacks
            categorical[i] = features.get(i).categorical() ? features.get(i) : null;
        }
    }

    /** Features of the table. */
    int count() {
        return sources.length;
    }

    /**
     * The value of the table's {@code feature} in the caller's row at {@code rowOffset}; NaN where the caller has none, and
     * for a category that the table doesn't declare.
     */
    float value(final float[] rows, final int rowOffset, final int feature) {
        final int source = sources[feature];
        if (source == ABSENT) {
            return Float.NaN;
        }
        final float value = rows[rowOffset + source];
        final FeatureDescription categories = categorical[feature];
        return categories == null ? value : categories.known(value);
    }
}

package io.t1.codec.client;

import io.t1.codec.FeatureDescription;
import io.t1.codec.TableDescription;
import java.util.List;

/** Where each of a table's features lies among the caller's. Immutable. */
final class FeatureMapping {
    private static final int ABSENT = -1;

    private final int[] sources;

    FeatureMapping(final TableDescription table, final List<String> callers) {
        final List<FeatureDescription> features = table.features();
        sources = new int[features.size()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = callers.indexOf(features.get(i).name()); // ABSENT for one that the caller lacks
        }
    }

    /** Features of the table. */
    int count() {
        return sources.length;
    }

    /** The value of the table's {@code feature} in the caller's row at {@code rowOffset}; NaN where the caller has none. */
    float value(final float[] rows, final int rowOffset, final int feature) {
        final int source = sources[feature];
        return source == ABSENT ? Float.NaN : rows[rowOffset + source];
    }
}

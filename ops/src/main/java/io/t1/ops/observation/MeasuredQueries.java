package io.t1.ops.observation;

import java.util.AbstractList;
import java.util.List;
import java.util.Map;
import java.util.RandomAccess;

/**
 * Queries measured under all arms.
 *
 * @param featureNames the columns of {@link MeasuredQuery#features()}.
 * @param categories of the features that have them, by name, in the order of a table's knots; their values are {@link
 *     io.t1.codec.CategoryValue}s of these or {@code OTHER}.
 * @param queries in the order measured.
 */
public record MeasuredQueries(
        List<String> featureNames, Map<String, List<String>> categories, List<MeasuredQuery> queries) {
    /** With numbers alone as features. */
    public MeasuredQueries(final List<String> featureNames, final List<MeasuredQuery> queries) {
        this(featureNames, Map.of(), queries);
    }

    /** Some of them, in the order of {@code places}; made to records only when they are asked for, as these are. */
    public MeasuredQueries at(final int[] places) {
        return new MeasuredQueries(featureNames, categories, new Picked(queries, places.clone()));
    }

    private static final class Picked extends AbstractList<MeasuredQuery> implements RandomAccess {
        private final List<MeasuredQuery> from;
        private final int[] places;

        Picked(final List<MeasuredQuery> from, final int[] places) {
            this.from = from;
            this.places = places;
        }

        @Override
        public MeasuredQuery get(final int index) {
            return from.get(places[index]);
        }

        @Override
        public int size() {
            return places.length;
        }
    }
}

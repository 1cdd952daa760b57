package io.t1.ops.observation;

import java.util.List;
import java.util.Map;

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
}

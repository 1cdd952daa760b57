package io.t1.ops.observation;

import java.util.List;
import java.util.Map;

/**
 * Queries with the one arm each that was logged (bandit feedback).
 *
 * @param featureNames the columns of {@link LoggedQuery#features()}.
 * @param categories of the features that have them, by name, as in {@link MeasuredQueries}.
 * @param queries in the order logged; one that came again stands here again.
 */
public record LoggedQueries(
        List<String> featureNames, Map<String, List<String>> categories, List<LoggedQuery> queries) {
    /** With numbers alone as features. */
    public LoggedQueries(final List<String> featureNames, final List<LoggedQuery> queries) {
        this(featureNames, Map.of(), queries);
    }
}

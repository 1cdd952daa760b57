package io.t1.ops.observation;

import java.util.List;

/**
 * Queries measured under all arms.
 *
 * @param featureNames the columns of {@link MeasuredQuery#features()}.
 * @param queries in the order measured.
 */
public record MeasuredQueries(List<String> featureNames, List<MeasuredQuery> queries) {}

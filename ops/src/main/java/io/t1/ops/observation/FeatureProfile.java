package io.t1.ops.observation;

import java.util.Map;

/**
 * One feature over all queries, each counted once. Figures of values are NaN when every value is missing.
 *
 * @param name its column.
 * @param missing queries without a value.
 * @param distinct values.
 * @param least the lowest value.
 * @param p05 the 5th percentile (Hyndman and Fan's type 7), as the others.
 * @param mean of the values.
 * @param sd their standard deviation.
 * @param most the highest value.
 * @param categories how many queries each category has, and {@code (other)} for those that aren't told apart; empty for a
 *     number. With categories figures of values are NaN.
 * @param sorted the values, ascending; not to be written.
 */
public record FeatureProfile(
        String name,
        long missing,
        long distinct,
        double least,
        double p05,
        double median,
        double p95,
        double most,
        double mean,
        double sd,
        Map<String, Long> categories,
        double[] sorted) {
    /** Of a feature whose values have no figures: they are categories, or all missing. */
    static FeatureProfile withoutFigures(
            final String name,
            final long missing,
            final long distinct,
            final Map<String, Long> categories,
            final double[] sorted) {
        final double none = Double.NaN;
        return new FeatureProfile(
                name, missing, distinct, none, none, none, none, none, none, none, categories, sorted);
    }
}

package io.t1.ops.observation;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The columns of a kind of rows, features apart.
 *
 * @param needed without which a file can't be read.
 * @param texts read as text where a file has them.
 * @param numbers read as numbers, missing where a file lacks them.
 */
record RowColumns(List<String> needed, List<String> texts, List<String> numbers) {
    /** What an arm gave and cost: {@link ObservationRow}. */
    static final RowColumns OUTCOMES = new RowColumns(
            List.of("query_id", "arm", "ndcg10", "latency_us"),
            List.of("query_id", "arm", "slice", "top10"),
            List.of("ndcg10", "latency_us", "propensity"));
    /** The same without document ids, which take most of a file and most of the time. */
    static final RowColumns FIGURES =
            new RowColumns(OUTCOMES.needed, List.of("query_id", "arm", "slice"), OUTCOMES.numbers);
    /** What a table's outputs should be: {@link TargetRow}. */
    static final RowColumns TARGETS = new RowColumns(
            List.of("query_id", "tau", "spend_cap_ms", "min_conf_gain"),
            List.of("query_id"),
            List.of("tau", "spend_cap_ms", "min_conf_gain", "weight"));

    /** Any, of which features alone are looked at. */
    static final RowColumns ANY = new RowColumns(List.of(), List.of(), List.of());

    /** Needed ones that a file lacks. */
    List<String> missingFrom(final Set<String> columns) {
        final List<String> missing = new ArrayList<>(needed);
        missing.removeAll(columns);
        return missing;
    }

    /** What to do about missing ones, for a message. */
    String remedy(final Set<String> columns) {
        return needed.equals(OUTCOMES.needed) && columns.containsAll(TARGETS.needed)
                ? ": to learn these targets say --targets own"
                : ": rename or add, or choose features with --features";
    }
}

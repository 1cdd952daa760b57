package io.t1.ops.observation;

import io.t1.codec.Arm;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What makes a row one that can't be used. Threading: any. */
final class RowDefects {
    /** Of a row that another stands for already. */
    static final String MEASURED_TWICE = "a query is measured twice under one arm";

    /** Of a logged row without the chance that its arm had. */
    static final String NO_PROPENSITY = "propensity is missing in a log";
    /** Of a row that belongs to no query. */
    static final String NO_QUERY_ID = "query_id is missing, or the line is malformed";

    private static final Set<String> NUMBERS =
            Set.of("ndcg10", "latency_us", "propensity", "tau", "spend_cap_ms", "min_conf_gain", "weight");
    private static final double MOST_LATENCY_MICROS = 3.6e9; // an hour
    private static final float MOST_FEATURE = 1e30f;

    private RowDefects() {}

    /** What is wrong with a row, or null. */
    static @Nullable String of(final ObservationRow row) {
        if (row.queryId() == null || row.queryId().isEmpty()) {
            return NO_QUERY_ID;
        }
        if (arm(row.arm()) < 0) {
            return "arm isn't SKIP, CHEAP or FULL";
        }
        if (row.notANumber() != null) {
            return notANumber(row.notANumber());
        }
        if (Double.isNaN(row.ndcg10())) {
            return "ndcg10 is missing or NaN";
        }
        if (row.ndcg10() < 0 || row.ndcg10() > 1) {
            return "ndcg10 isn't in 0..1";
        }
        if (!(row.latencyMicros() >= 0 && row.latencyMicros() <= MOST_LATENCY_MICROS)) {
            return "latency_us isn't in 0..3.6e9";
        }
        if (!Double.isNaN(row.propensity()) && !(row.propensity() > 0 && row.propensity() <= 1)) {
            return "propensity isn't above 0 and at most 1";
        }
        return ofFeatures(row.features());
    }

    /** That a column holds no number, and what to do where it is a feature's. */
    static String notANumber(final RowCells.NotANumber found) {
        final String column = found.column();
        return NUMBERS.contains(column)
                ? column + " isn't a number"
                : column + " isn't a number (text is a feature as " + column + ":" + FeatureColumn.CATEGORICAL + ")";
    }

    /** What is wrong with a row's features, or null. */
    static @Nullable String ofFeatures(final float[] features) {
        for (final float feature : features) {
            if (Math.abs(feature) > MOST_FEATURE) {
                return "a feature is infinite or beyond 1e30";
            }
        }
        return null;
    }

    /** Code of an arm by its name, -1 for none. */
    static int arm(final @Nullable String name) {
        if (name == null) {
            return -1;
        }
        return switch (name.strip().toUpperCase(Locale.ROOT)) {
            case "SKIP" -> Arm.SKIP.code();
            case "CHEAP" -> Arm.CHEAP.code();
            case "FULL" -> Arm.FULL.code();
            default -> -1;
        };
    }
}

package io.t1.ops.observation;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Takes rows with targets in, or counts why not: a row a query. Threading: one thread. */
final class TargetGathering {
    private static final double MOST_SPEND_MS = 3.6e6; // an hour
    private static final double MOST_WEIGHT = 1e9;

    private final List<String> featureNames;
    private final Map<String, List<String>> categories;
    private final BadRows badRows;
    private final List<TargetRow> rows = new ArrayList<>();
    private final Set<String> queryIds = new HashSet<>();

    TargetGathering(
            final List<String> featureNames, final Map<String, List<String>> categories, final BadRows badRows) {
        this.featureNames = featureNames;
        this.categories = categories;
        this.badRows = badRows;
    }

    void add(final TargetRow row) {
        final String defect = defect(row);
        if (defect != null) {
            badRows.add(row.rejected(defect, featureNames), 1);
        } else if (!queryIds.add(String.valueOf(row.queryId()))) {
            badRows.add(row.rejected("a query has targets twice", featureNames), 1);
        } else {
            rows.add(row);
        }
    }

    private static @Nullable String defect(final TargetRow row) {
        if (row.queryId() == null || row.queryId().isEmpty()) {
            return RowDefects.NO_QUERY_ID;
        }
        if (row.notANumber() != null) {
            return RowDefects.notANumber(row.notANumber());
        }
        if (outside(row.tau(), 1)) {
            return "tau is missing or isn't in 0..1";
        }
        if (outside(row.spendCapMs(), MOST_SPEND_MS)) {
            return "spend_cap_ms is missing or isn't in 0..3.6e6";
        }
        if (outside(row.minConfGain(), 1)) {
            return "min_conf_gain is missing or isn't in 0..1";
        }
        if (!Double.isNaN(row.weight()) && outside(row.weight(), MOST_WEIGHT)) {
            return "weight isn't in 0..1e9";
        }
        return RowDefects.ofFeatures(row.features());
    }

    private static boolean outside(final double value, final double most) {
        return !(value >= 0 && value <= most);
    }

    TargetQueries queries() {
        return new TargetQueries(
                featureNames,
                categories,
                rows.stream().map(row -> String.valueOf(row.queryId())).toList(),
                rows.stream().map(TargetRow::features).toArray(float[][]::new),
                column(TargetRow::tau),
                column(TargetRow::spendCapMs),
                column(TargetRow::minConfGain),
                column(row -> Double.isNaN(row.weight()) ? 1 : row.weight()));
    }

    private double[] column(final ToDoubleFunction<TargetRow> of) {
        return rows.stream().mapToDouble(of).toArray();
    }
}

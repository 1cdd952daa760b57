package io.t1.ops.observation;

import io.t1.codec.Arm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes rows of a log in, or counts why not: a row a query and the arm that ran. Threading: one thread. */
final class LogGathering {
    private final List<String> featureNames;
    private final Map<String, List<String>> categories;
    private final BadRows badRows;
    private final List<LoggedQuery> log = new ArrayList<>();

    LogGathering(final List<String> featureNames, final Map<String, List<String>> categories, final BadRows badRows) {
        this.featureNames = featureNames;
        this.categories = categories;
        this.badRows = badRows;
    }

    void add(final ObservationRow row) {
        final String defect = defect(row);
        if (defect != null) {
            badRows.add(row.rejected(defect, featureNames), 1);
            return;
        }
        log.add(new LoggedQuery(
                String.valueOf(row.queryId()),
                row.sliceOrGlobal(),
                row.features(),
                Arm.values()[RowDefects.arm(row.arm())],
                row.propensity(),
                row.ndcg10(),
                row.latencyMicros(),
                List.of())); // what the top ten were is nothing to learn from
    }

    private static @Nullable String defect(final ObservationRow row) {
        final String defect = RowDefects.of(row);
        return defect == null && Double.isNaN(row.propensity()) ? RowDefects.NO_PROPENSITY : defect;
    }

    LoggedQueries log() {
        return new LoggedQueries(featureNames, categories, log);
    }
}

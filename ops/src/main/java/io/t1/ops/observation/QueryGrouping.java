package io.t1.ops.observation;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers rows to queries measured under every arm, in the order in which they first appear. Threading: one thread. */
final class QueryGrouping {
    private final List<String> featureNames;
    private final BadRows badRows;
    private final Map<String, Gathered> queries = new LinkedHashMap<>();

    QueryGrouping(final List<String> featureNames, final BadRows badRows) {
        this.featureNames = featureNames;
        this.badRows = badRows;
    }

    /** Takes one row in, or counts why not. */
    void add(final ObservationRow row) {
        final String defect = RowDefects.of(row);
        if (defect != null) {
            badRows.add(row.rejected(defect, featureNames), 1);
            return;
        }
        final String queryId = String.valueOf(row.queryId());
        final int arm = RowDefects.arm(row.arm());
        final Gathered query = queries.computeIfAbsent(queryId, id -> new Gathered(row));
        if (query.rows > 0 && !Arrays.equals(query.features, row.features())) {
            badRows.add(row.rejected("a query's features differ between its arms", featureNames), 1);
            return;
        }
        if (query.measured[arm]) {
            badRows.add(row.rejected(RowDefects.MEASURED_TWICE, featureNames), 1);
            return;
        }
        query.rows++;
        query.measured[arm] = true;
        query.ndcg10[arm] = row.ndcg10();
        query.latencyMicros[arm] = row.latencyMicros();
        query.topTen.set(arm, row.topTen());
    }

    /** The queries with every arm; rows of the others are counted as bad. */
    List<MeasuredQuery> complete() {
        final long single =
                queries.values().stream().filter(query -> query.rows == 1).count();
        if (!queries.isEmpty() && single == queries.size()) {
            throw new BadInputException(queries.values().iterator().next().location
                    + " and all others: each query has one arm only (logged rows); a table is learnt from queries"
                    + " measured under SKIP, CHEAP and FULL, as t1 lab replays them");
        }
        final List<MeasuredQuery> complete = new ArrayList<>(queries.size());
        queries.forEach((queryId, query) -> {
            if (query.rows == Arm.COUNT) {
                complete.add(new MeasuredQuery(
                        queryId, query.slice, query.features, query.ndcg10, query.latencyMicros, query.topTen));
            } else {
                final String missing = query.missing();
                badRows.add(
                        new RejectedRow(
                                "a query lacks an arm",
                                query.location + ", query_id " + queryId + " has no row for " + missing,
                                Map.of("query_id", queryId, "missing", missing)),
                        query.rows);
            }
        });
        return complete;
    }

    private static final class Gathered {
        final String location;
        final String slice;
        final float[] features;
        final boolean[] measured = new boolean[Arm.COUNT];
        final double[] ndcg10 = new double[Arm.COUNT];
        final double[] latencyMicros = new double[Arm.COUNT];
        final List<List<String>> topTen = new ArrayList<>(Collections.nCopies(Arm.COUNT, List.of()));
        int rows;

        Gathered(final ObservationRow first) {
            location = first.location();
            slice = first.sliceOrGlobal();
            features = first.features();
        }

        String missing() {
            final List<String> names = new ArrayList<>();
            for (final Arm arm : Arm.values()) {
                if (!measured[arm.code()]) {
                    names.add(arm.name());
                }
            }
            return String.join(", ", names);
        }
    }
}

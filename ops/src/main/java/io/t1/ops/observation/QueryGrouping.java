package io.t1.ops.observation;

import io.t1.codec.Arm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Gathers rows to queries measured under every arm, in the order in which they first appear. Threading: one thread. */
final class QueryGrouping {
    private static final int ALL_ARMS = (1 << Arm.COUNT) - 1;

    private final List<String> featureNames;
    private final BadRows badRows;
    private final QueryIds ids = new QueryIds();
    private final MeasuredColumns queries = new MeasuredColumns(ids);
    private byte[] arms = new byte[1_024];
    private RowPlace[] firstRows = new RowPlace[1_024];

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
        final int place = ids.place(String.valueOf(row.queryId()));
        final int arm = RowDefects.arm(row.arm());
        if (place == queries.size()) {
            begin(place, row);
        } else if (!Arrays.equals(queries.features(place), row.features())) {
            badRows.add(row.rejected("a query's features differ between its arms", featureNames), 1);
            return;
        }
        if ((arms[place] >> arm & 1) != 0) {
            badRows.add(row.rejected(RowDefects.MEASURED_TWICE, featureNames), 1);
            return;
        }
        arms[place] |= (byte) (1 << arm);
        queries.measure(place, arm, row);
    }

    private void begin(final int place, final ObservationRow row) {
        if (place == arms.length) {
            arms = Arrays.copyOf(arms, 2 * place);
            firstRows = Arrays.copyOf(firstRows, 2 * place);
        }
        firstRows[place] = row.location();
        queries.begin(row);
    }

    /** The queries with every arm; rows of the others are counted as bad. */
    List<MeasuredQuery> complete() {
        arms().requireMoreThanOne();
        return complete(badRows);
    }

    /** How many arms the queries have so far. */
    ArmsFound arms() {
        final int all = queries.size();
        return new ArmsFound(
                all, IntStream.range(0, all).filter(place -> rows(place) == 1).count(), all == 0 ? null : firstRows[0]);
    }

    /** The queries with every arm; rows of the others are counted where the caller says. */
    List<MeasuredQuery> complete(final BadRows lacking) {
        final int all = queries.size();
        final int[] complete =
                IntStream.range(0, all).filter(place -> arms[place] == ALL_ARMS).toArray();
        for (int place = 0; complete.length < all && place < all; place++) {
            if (arms[place] != ALL_ARMS) {
                refuse(place, lacking);
            }
        }
        if (complete.length < all) {
            queries.keep(complete);
        }
        return queries;
    }

    private void refuse(final int place, final BadRows lacking) {
        final String queryId = ids.at(place);
        final String missing = missing(place);
        lacking.add(
                new RejectedRow(
                        "a query lacks an arm",
                        firstRows[place] + ", query_id " + queryId + " has no row for " + missing,
                        Map.of("query_id", queryId, "missing", missing),
                        firstRows[place]),
                rows(place));
    }

    private int rows(final int place) {
        return Integer.bitCount(arms[place]);
    }

    private String missing(final int place) {
        final List<String> names = new ArrayList<>();
        for (final Arm arm : Arm.values()) {
            if ((arms[place] >> arm.code() & 1) == 0) {
                names.add(arm.name());
            }
        }
        return String.join(", ", names);
    }
}

package io.t1.ops.observation;

import io.t1.codec.Arm;
import io.t1.codec.CategoryValue;
import io.t1.ops.statistics.Percentiles;
import io.t1.router.artifact.CategoryKnots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes rows in one by one. A query's features count once, by its first row. Threading: one thread. Memory: 4 bytes a
 * query and feature, and the queries' ids.
 */
final class ObservationProfiler {
    private static final double US_PER_MS = 1e3;
    private static final int ALL_ARMS = (1 << Arm.COUNT) - 1;

    private final List<String> featureNames;
    private final Map<String, List<String>> categories;
    private final BadRows badRows;
    private final List<FloatColumn> columns = new ArrayList<>();
    private final Map<String, Integer> armsByQuery = new HashMap<>();
    private final Map<String, Gathered> slices = new TreeMap<>();
    private long logged;

    ObservationProfiler(
            final List<String> featureNames, final Map<String, List<String>> categories, final BadRows badRows) {
        this.featureNames = featureNames;
        this.categories = categories;
        this.badRows = badRows;
        featureNames.forEach(name -> columns.add(new FloatColumn()));
    }

    void add(final ObservationRow row) {
        final String defect = RowDefects.of(row);
        if (defect != null) {
            badRows.add(row.rejected(defect, featureNames), 1);
            return;
        }
        final int arm = RowDefects.arm(row.arm());
        final Integer arms = armsByQuery.get(row.queryId());
        if (arms != null && (arms & 1 << arm) != 0 && Double.isNaN(row.propensity())) { // a log may hold a query again
            badRows.add(row.rejected(RowDefects.MEASURED_TWICE, featureNames), 1);
            return;
        }
        final Gathered slice = slices.computeIfAbsent(row.sliceOrGlobal(), name -> new Gathered());
        armsByQuery.put(String.valueOf(row.queryId()), (arms == null ? 0 : arms) | 1 << arm);
        if (arms == null) {
            slice.queries++;
            for (int f = 0; f < columns.size(); f++) {
                columns.get(f).add(row.features()[f]);
            }
        }
        if (!Double.isNaN(row.propensity())) {
            logged++;
        }
        slice.rows[arm]++;
        slice.ndcg10[arm] += row.ndcg10();
        slice.latencyMicros[arm] += row.latencyMicros();
    }

    ObservationProfile profile(final ObservationScan scan) {
        final List<FeatureProfile> features = new ArrayList<>();
        for (int f = 0; f < columns.size(); f++) {
            final String name = featureNames.get(f);
            final List<String> told = categories.getOrDefault(name, List.of());
            features.add(told.isEmpty() ? feature(name, columns.get(f)) : categorical(name, told, columns.get(f)));
        }
        final List<SliceProfile> profiled = new ArrayList<>();
        slices.forEach((name, slice) -> profiled.add(slice.profile(name)));
        return new ObservationProfile(
                scan.rowsRead(),
                armsByQuery.size(),
                armsByQuery.values().stream().filter(arms -> arms == ALL_ARMS).count(),
                logged,
                scan.inputs(),
                badRows.counts(),
                List.copyOf(features),
                List.copyOf(profiled));
    }

    private static FeatureProfile feature(final String name, final FloatColumn column) {
        final double[] sorted = column.present();
        Arrays.sort(sorted);
        final long missing = column.size() - (long) sorted.length;
        if (sorted.length == 0) {
            return FeatureProfile.withoutFigures(name, missing, 0, Map.of(), sorted);
        }
        final double mean = Arrays.stream(sorted).average().orElse(Double.NaN);
        final double squares =
                Arrays.stream(sorted).map(x -> (x - mean) * (x - mean)).sum();
        long distinct = 1;
        for (int i = 1; i < sorted.length; i++) {
            distinct += sorted[i] > sorted[i - 1] ? 1 : 0;
        }
        return new FeatureProfile(
                name,
                missing,
                distinct,
                sorted[0],
                Percentiles.ofSorted(sorted, 0.05),
                Percentiles.ofSorted(sorted, 0.5),
                Percentiles.ofSorted(sorted, 0.95),
                sorted[sorted.length - 1],
                mean,
                Math.sqrt(squares / sorted.length),
                Map.of(),
                sorted);
    }

    private static FeatureProfile categorical(
            final String name, final List<String> categories, final FloatColumn column) {
        final double[] sorted = column.present();
        Arrays.sort(sorted);
        final Map<String, Long> counts = new LinkedHashMap<>();
        for (final String category : categories) {
            counts.put(category, count(sorted, CategoryValue.of(category)));
        }
        final long other = count(sorted, CategoryValue.OTHER);
        if (other > 0) {
            counts.merge(CategoryKnots.OTHERS, other, Long::sum);
        }
        return FeatureProfile.withoutFigures(
                name,
                column.size() - (long) sorted.length,
                counts.values().stream().filter(count -> count > 0).count(),
                counts,
                sorted);
    }

    private static long count(final double[] values, final float wanted) {
        return Arrays.stream(values).filter(value -> value == wanted).count();
    }

    private static final class Gathered {
        final long[] rows = new long[Arm.COUNT];
        final double[] ndcg10 = new double[Arm.COUNT];
        final double[] latencyMicros = new double[Arm.COUNT];
        long queries;

        SliceProfile profile(final String name) {
            final List<SliceProfile.ArmProfile> arms = new ArrayList<>();
            for (final Arm arm : Arm.values()) {
                final int code = arm.code();
                arms.add(new SliceProfile.ArmProfile(
                        arm.name(),
                        rows[code],
                        ndcg10[code] / rows[code],
                        latencyMicros[code] / rows[code] / US_PER_MS));
            }
            return new SliceProfile(name, queries, arms);
        }
    }
}

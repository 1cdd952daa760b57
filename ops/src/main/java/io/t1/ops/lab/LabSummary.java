package io.t1.ops.lab;

import io.t1.codec.Arm;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.ops.statistics.Percentiles;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What a replay showed.
 *
 * @param arms by {@code skip}, {@code cheap}, {@code full}.
 * @param slices the same by slice.
 * @param fullBetter share of queries where FULL's nDCG exceeds SKIP's.
 * @param fullWorse share of queries where it is below.
 * @param gainByEntropyQuintile FULL's mean nDCG less SKIP's, from the queries of least entropy to those of most; those
 *     without a hit are left out. Empty under five queries.
 */
public record LabSummary(
        int queries,
        Map<String, ArmSummary> arms,
        Map<String, SliceSummary> slices,
        double fullBetter,
        double fullWorse,
        List<Double> gainByEntropyQuintile) {
    private static final int QUINTILES = 5;

    /**
     * An arm's means.
     *
     * @param p95Ms by nearest rank.
     */
    public record ArmSummary(double ndcg10, double meanMs, double p95Ms) {}

    /** A slice's means. */
    public record SliceSummary(int queries, Map<String, ArmSummary> arms) {}

    /**
     * Sums up.
     *
     * @param measured at least one query.
     */
    public static LabSummary of(final MeasuredQueries measured) {
        final List<MeasuredQuery> all = measured.queries();
        final Map<String, SliceSummary> slices = new TreeMap<>();
        all.stream()
                .collect(Collectors.groupingBy(MeasuredQuery::slice))
                .forEach((slice, queries) -> slices.put(slice, new SliceSummary(queries.size(), arms(queries))));
        return new LabSummary(
                all.size(),
                arms(all),
                slices,
                mean(all, query -> gain(query) > 0 ? 1 : 0),
                mean(all, query -> gain(query) < 0 ? 1 : 0),
                quintiles(measured));
    }

    private static Map<String, ArmSummary> arms(final List<MeasuredQuery> queries) {
        final Map<String, ArmSummary> arms = new LinkedHashMap<>();
        for (final Arm arm : Arm.values()) {
            final double[] millis = queries.stream()
                    .mapToDouble(query -> query.latencyMicros()[arm.code()] / 1e3)
                    .toArray();
            arms.put(
                    arm.name().toLowerCase(Locale.ROOT),
                    new ArmSummary(
                            mean(queries, query -> query.ndcg10()[arm.code()]),
                            mean(queries, query -> query.latencyMicros()[arm.code()] / 1e3),
                            Percentiles.nearestRank(millis, 0.95)));
        }
        return arms;
    }

    private static List<Double> quintiles(final MeasuredQueries measured) {
        final int entropy = measured.featureNames().indexOf("entropy");
        final List<MeasuredQuery> ordered = measured.queries().stream()
                .filter(query -> !Float.isNaN(query.features()[entropy]))
                .sorted(Comparator.comparingDouble(query -> query.features()[entropy]))
                .toList();
        final List<Double> gains = new ArrayList<>();
        for (int i = 0; i < QUINTILES && ordered.size() >= QUINTILES; i++) {
            final int from = i * ordered.size() / QUINTILES;
            gains.add(mean(ordered.subList(from, (i + 1) * ordered.size() / QUINTILES), LabSummary::gain));
        }
        return gains;
    }

    private static double gain(final MeasuredQuery query) {
        return query.ndcg10()[Arm.FULL.code()] - query.ndcg10()[Arm.SKIP.code()];
    }

    private static double mean(final List<MeasuredQuery> queries, final ToDoubleFunction<MeasuredQuery> value) {
        return queries.stream().mapToDouble(value).average().orElse(0);
    }
}

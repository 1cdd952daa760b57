package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.ops.distil.SplitReport;
import io.t1.ops.statistics.BcaEstimate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether tables of their own pay for slices, in {@code t1 distil --json}; points are hundredths of nDCG. */
record SplitJson(
        String by,
        List<Slice> slices,
        @Nullable Double gainPp,
        @Nullable Double lcbPp,
        boolean pays,
        @Nullable Double costMs,
        @Nullable Double oneTableCostMs,
        DistilJson.@Nullable Regret noRegret,
        String status) {
    private static final double POINTS = 100;

    /** One slice, its gain over its own queries; what wasn't tried has none. */
    record Slice(
            String name,
            String key,
            int queries,
            @Nullable Double gainPp,
            @Nullable Double lcbPp,
            String reason,
            @Nullable String table) {}

    /**
     * Of a report.
     *
     * @param files where the tables that ship are.
     */
    static SplitJson of(final SplitReport report, final Map<TableKey, Path> files) {
        return new SplitJson(
                report.by(),
                report.slices().stream()
                        .map(slice -> new Slice(
                                slice.name(),
                                slice.key().toString(),
                                slice.queries(),
                                estimate(slice.gain()),
                                lowerBound(slice.gain()),
                                slice.reason(),
                                files.containsKey(slice.key()) ? String.valueOf(files.get(slice.key())) : null))
                        .toList(),
                estimate(report.gain()),
                lowerBound(report.gain()),
                report.pays(),
                report.spending() == null ? null : report.spending().costMs(),
                Double.isNaN(report.oneTableCostMs()) ? null : report.oneTableCostMs(),
                report.noRegret() == null ? null : DistilJson.Regret.of(report.noRegret()),
                report.status().name());
    }

    private static @Nullable Double estimate(final @Nullable BcaEstimate found) {
        return found == null ? null : POINTS * found.estimate();
    }

    private static @Nullable Double lowerBound(final @Nullable BcaEstimate found) {
        return found == null ? null : POINTS * found.lowerBound();
    }
}

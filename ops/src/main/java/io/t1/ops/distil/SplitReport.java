package io.t1.ops.distil;

import io.t1.codec.TableKey;
import io.t1.ops.gate.NoRegret;
import io.t1.ops.gate.Spending;
import io.t1.ops.statistics.BcaEstimate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether tables of their own pay for slices, against one table for all, under the same budget over all queries.
 *
 * @param by what parts the queries.
 * @param slices all of them.
 * @param gain nDCG over all queries with the slices' tables less with one table, paired by query; null when no slice has
 *     queries enough for one.
 * @param spending with the slices' tables; null as {@code gain}.
 * @param oneTableCostMs mean extra latency with one table.
 * @param noRegret with the slices' tables against the teacher; null as {@code gain}.
 * @param oneTable what may be done with one table.
 */
public record SplitReport(
        String by,
        List<Slice> slices,
        @Nullable BcaEstimate gain,
        @Nullable Spending spending,
        double oneTableCostMs,
        @Nullable NoRegret noRegret,
        TableStatus oneTable) {
    /**
     * One slice.
     *
     * @param key of its table.
     * @param queries in it.
     * @param gain nDCG over its own queries, as the report's over all; null when it has no table.
     * @param reason why it has none; empty when it has.
     */
    public record Slice(
            String name,
            TableKey key,
            int queries,
            @Nullable BcaEstimate gain,
            String reason) {}

    static SplitReport untried(final String by, final List<Slice> slices, final TableStatus oneTable) {
        return new SplitReport(by, slices, null, null, Double.NaN, null, oneTable);
    }

    /** Whether the slices' tables ship: they are shown to gain over one table, and over random spending. */
    public boolean pays() {
        return gain != null
                && gain.lowerBound() > 0
                && spending != null
                && spending.verdict().passed();
    }

    /** What may be done with what ships. */
    public TableStatus status() {
        if (!pays()) {
            return oneTable;
        }
        return noRegret != null && noRegret.passed() ? TableStatus.ACCEPTED : TableStatus.REJECTED;
    }
}

package io.t1.gating;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Decides batches for one thread: quantise, accumulate, scale, gate, explore.
 *
 * <p>Threading: one thread. Allocation: in the constructor only. Ranges are checked by the caller, at the edge.
 */
public final class BatchDecider {
    private final long seed;
    private long nextDecisionId;

    /**
     * @param seed of this thread's exploration.
     * @param firstDecisionId decision ids count up from here.
     */
    public BatchDecider(final long seed, final long firstDecisionId) {
        this.seed = seed;
        nextDecisionId = firstDecisionId;
    }

    /**
     * Decides queries whose features come as float32 rows.
     *
     * @param rows little-endian, query by query, {@code 4 * features * count} bytes.
     * @param scores a little-endian float32 a query at {@code scoresOffset}, NaN for none; null: none at all.
     * @param count 1 to the batch's capacity.
     */
    public void decideRows(
            final TableSnapshot snapshot,
            final DirectBuffer rows,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {
        decisions.count = count;
        decisions.tableVersion = snapshot.version();
        for (int q = 0; q < count; q++) {
            decisions.decisionId[q] = nextDecisionId++ ^ seed;
        }
    }

    /** The same, feature by feature. */
    public void decideColumns(
            final TableSnapshot snapshot,
            final DirectBuffer columns,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {}

    /** The same for one-byte codes, query by query. */
    public void decideCodeRows(
            final TableSnapshot snapshot,
            final DirectBuffer rows,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {}

    /** The same for one-byte codes, feature by feature. */
    public void decideCodeColumns(
            final TableSnapshot snapshot,
            final DirectBuffer columns,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {}

    /** One query on the heap; {@code nodeScore} NaN for none. */
    public void decide(
            final TableSnapshot snapshot,
            final float[] features,
            final float nodeScore,
            final DecisionBatch decisions) {}
}

package io.t1.gating;

import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One thread's way to a {@link Decider}'s decisions.
 *
 * <p>A batch pins its table's memory meanwhile, by one full fence; one query reads nothing but the heap, and pins nothing.
 *
 * <p>Threading: the thread that uses it, and no other. Allocation: none after construction. Close it when the thread ends.
 */
public final class DeciderThread implements AutoCloseable {
    private final Decider owner;
    private final SnapshotSlot<TableSnapshot> slot;
    private final ReaderEpochs.Reader reader;
    private final BatchDecider decider;
    private final int features;
    private final DecisionBatch one = new DecisionBatch(1);
    private final Decision decision = new Decision(one);
    private boolean closed;

    DeciderThread(
            final Decider owner,
            final SnapshotSlot<TableSnapshot> slot,
            final ReaderEpochs.Reader reader,
            final BatchDecider decider,
            final int features) {
        this.owner = owner;
        this.slot = slot;
        this.reader = reader;
        this.decider = decider;
        this.features = features;
    }

    /** Decides one query by the table's own score. */
    public Decision decide(final float[] features) {
        return decide(features, Float.NaN);
    }

    /**
     * Decides one query.
     *
     * @param features in the order of {@link Decider#featureNames()}; NaN where one is unknown.
     * @param nodeScore the node's own score, which replaces the table's; NaN for none.
     * @return the decision, valid until the next call.
     * @throws IllegalArgumentException if the number of features is another.
     * @throws IllegalStateException if the decider is closed.
     */
    public Decision decide(final float[] features, final float nodeScore) {
        if (features.length != this.features) {
            throw new IllegalArgumentException("features=" + features.length + ", table has " + this.features);
        }
        decider.decide(open(slot.peek()), features, nodeScore, one);
        return decision;
    }

    /**
     * Decides a batch by one table.
     *
     * @param rows little-endian float32, query by query, {@code 4 * features * count} bytes from {@code offset}.
     * @param scores a little-endian float32 a query at {@code scoresOffset}, NaN for none; null: none at all.
     * @param count 1 to {@link DeciderContext#maxBatch()}.
     * @param decisions filled; of at least {@code count}.
     * @throws IllegalArgumentException if {@code count} is out of its range.
     * @throws IndexOutOfBoundsException if a buffer is too short.
     * @throws IllegalStateException if the decider is closed.
     */
    public void decideRows(
            final DirectBuffer rows,
            final int offset,
            final @Nullable DirectBuffer scores,
            final int scoresOffset,
            final int count,
            final DecisionBatch decisions) {
        final int limit = Math.min(decider.capacity(), decisions.capacity());
        if (count < 1 || count > limit) {
            throw new IllegalArgumentException("count=" + count + " not in 1.." + limit
                    + " (the lesser of DeciderContext.maxBatch=" + decider.capacity() + " and the batch's capacity="
                    + decisions.capacity() + ")");
        }
        rows.boundsCheck(offset, Float.BYTES * features * count);
        if (scores != null) {
            scores.boundsCheck(scoresOffset, Float.BYTES * count);
        }
        final ReaderEpochs.Reader reader = this.reader;
        reader.enter();
        try {
            decider.decideRows(open(slot.get(reader)), rows, offset, scores, scoresOffset, count, decisions);
        } finally {
            reader.leave();
        }
    }

    /** What the latest call was decided on, and how long it took. */
    public BatchDecider lastBatch() {
        return decider;
    }

    /** Deregisters this thread. Twice is harmless. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            reader.close();
            owner.release(decider.nextDecisionId());
        }
    }

    private static TableSnapshot open(final @Nullable TableSnapshot snapshot) {
        if (snapshot == null) {
            throw new IllegalStateException("the decider is closed");
        }
        return snapshot;
    }
}

package io.t1.sidecar.transport;

import io.t1.codec.frame.FrameDescriptor;
import io.t1.gating.TableSnapshot;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Requests of one query each that came in one read and ask the same table: their rows side by side, so that they are
 * decided as one batch.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
final class GatheredQueries {
    /** What pays: a batch of 64 costs a decision a third of what one query does, one of 1,024 hardly less. */
    static final int CAPACITY = 64;

    private final UnsafeBuffer rows =
            new UnsafeBuffer(ByteBuffer.allocateDirect(CAPACITY * FrameDescriptor.MAX_FEATURES * Float.BYTES));
    private final long[] correlationIds = new long[CAPACITY];
    private @Nullable TableSnapshot snapshot;
    private int count;
    private int timed;

    /** Whether a query of that table may come to those that are here. */
    boolean hasRoomFor(final TableSnapshot snapshot) {
        return count == 0 || (this.snapshot == snapshot && count < CAPACITY);
    }

    /**
     * Adds a query whose features are float32, without a score.
     *
     * @param offset of its features.
     */
    void add(final TableSnapshot snapshot, final DirectBuffer in, final int offset, final long correlationId) {
        final int length = snapshot.features() * Float.BYTES;
        rows.putBytes(count * length, in, offset, length);
        correlationIds[count++] = correlationId;
        this.snapshot = snapshot;
    }

    /** The phases of the one added last are to be timed. */
    void timesLast() {
        timed++;
    }

    /** Starts anew. */
    void clear() {
        count = 0;
        timed = 0;
        snapshot = null;
    }

    /** The table that all ask; null without any. */
    @Nullable
    TableSnapshot snapshot() {
        return snapshot;
    }

    /** Their features, query by query. */
    UnsafeBuffer rows() {
        return rows;
    }

    /** The ids of their requests. */
    long[] correlationIds() {
        return correlationIds;
    }

    /** How many there are. */
    int count() {
        return count;
    }

    /** How many of them have their phases timed. */
    int timed() {
        return timed;
    }
}

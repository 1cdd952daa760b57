package io.t1.codec.client;

import io.t1.codec.FallbackDecision;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.wire.DecideResponseDecoder;
import java.util.Objects;

/**
 * The decisions of a batch, in the batch's order. A holder: each call that is given it overwrites it.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
public final class Decisions {
    private final Decision[] decisions;
    private int count;

    /**
     * @param capacity most queries of a batch, 1 to 1,024.
     */
    public Decisions(final int capacity) {
        if (capacity < 1 || capacity > FrameDescriptor.MAX_QUERIES) {
            throw new IllegalArgumentException(
                    "capacity=" + capacity + " not in 1.." + FrameDescriptor.MAX_QUERIES + " queries");
        }
        decisions = new Decision[capacity];
        for (int i = 0; i < capacity; i++) {
            decisions[i] = new Decision();
        }
    }

    /** Most queries of a batch. */
    public int capacity() {
        return decisions.length;
    }

    /** Queries of the last batch. */
    public int count() {
        return count;
    }

    /** The decision for a query of the last batch, 0 to {@code count() - 1}. */
    public Decision get(final int query) {
        return decisions[Objects.checkIndex(query, count)];
    }

    void degrade(final int count, final FallbackDecision fallback, final DegradedReason reason) {
        this.count = count;
        for (int i = 0; i < count; i++) {
            decisions[i].degrade(fallback, reason);
        }
    }

    void read(final long tableVersion, final DecideResponseDecoder.DecisionsDecoder entries) {
        count = entries.count();
        for (int i = 0; i < count; i++) {
            decisions[i].read(entries.next(), tableVersion);
        }
    }
}

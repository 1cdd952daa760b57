package io.t1.sidecar.journal;

import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Observations that the ring took and that it hadn't room for.
 *
 * <p>Threading: any. A step is one atomic add, which can't fail and be tried again; event loops meet in it once a batch.
 * Each word lies two cache lines from anything else.
 */
final class OfferCounters {
    private static final int LINES = 2 * BitUtil.CACHE_LINE_LENGTH;
    private static final int ACCEPTED_OFFSET = LINES;
    private static final int DROPPED_OFFSET = 2 * LINES;

    private final UnsafeBuffer words = new UnsafeBuffer(BufferUtil.allocateDirectAligned(4 * LINES, LINES));

    void offered(final int observations) {
        words.getAndAddLong(ACCEPTED_OFFSET, observations);
    }

    void dropped(final int observations) {
        words.getAndAddLong(DROPPED_OFFSET, observations);
    }

    long accepted() {
        return words.getLongVolatile(ACCEPTED_OFFSET);
    }

    long dropped() {
        return words.getLongVolatile(DROPPED_OFFSET);
    }
}

package io.t1.codec.client;

/**
 * The requests that wait for an answer, in the order of their ids, which have no gap. Deadlines have one length, so the
 * oldest request is the first to expire.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
final class InFlight {
    private static final DegradedReason WAITING = DegradedReason.NONE;

    private final long[] deadlineNs;
    private final int[] count;
    private final DegradedReason[] failure;
    private final boolean[] done;
    private final int mask;
    private long oldest = 1;
    private long next = 1;
    private int failed;

    /**
     * @param capacity a power of two.
     */
    InFlight(final int capacity) {
        deadlineNs = new long[capacity];
        count = new int[capacity];
        failure = new DegradedReason[capacity];
        done = new boolean[capacity];
        mask = capacity - 1;
    }

    boolean isFull() {
        return next - oldest > mask;
    }

    int size() {
        int size = 0;
        for (long id = oldest; id < next; id++) {
            size += done[index(id)] ? 0 : 1;
        }
        return size;
    }

    /** Adds the next request, whose id is the last one's plus one; {@code reason} other than NONE: it has failed. */
    void add(final long id, final int count, final long deadlineNs, final DegradedReason reason) {
        assert id == next && !isFull() : "id=" + id + ", next=" + next + ", oldest=" + oldest;
        final int index = index(id);
        this.deadlineNs[index] = deadlineNs;
        this.count[index] = count;
        failure[index] = reason;
        done[index] = false;
        failed += reason == WAITING ? 0 : 1;
        next = id + 1;
    }

    /** Whether a request waits for its answer still. */
    boolean isWaiting(final long id) {
        return id >= oldest && id < next && !done[index(id)] && failure[index(id)] == WAITING;
    }

    int count(final long id) {
        return count[index(id)];
    }

    /** Lets every request that waits fail. */
    void failAll(final DegradedReason reason) {
        for (long id = oldest; id < next; id++) {
            if (isWaiting(id)) {
                failure[index(id)] = reason;
                failed++;
            }
        }
    }

    /** Ends a request, and frees the room of the oldest that have ended. */
    void complete(final long id) {
        final int index = index(id);
        failed -= failure[index] == WAITING ? 0 : 1;
        done[index] = true;
        while (oldest < next && done[index(oldest)]) {
            oldest++;
        }
    }

    /** A request that has failed or expired, or 0. */
    long firstOver(final long nowNs) {
        if (oldest < next && failure[index(oldest)] == WAITING && nowNs - deadlineNs[index(oldest)] >= 0) {
            return oldest;
        }
        if (failed > 0) {
            for (long id = oldest; id < next; id++) {
                if (!done[index(id)] && failure[index(id)] != WAITING) {
                    return id;
                }
            }
        }
        return 0;
    }

    /** Why a request that is over has no answer. */
    DegradedReason reason(final long id) {
        final DegradedReason reason = failure[index(id)];
        return reason == WAITING ? DegradedReason.DEADLINE : reason;
    }

    /** Until the oldest request expires; {@link Long#MAX_VALUE} when there is none. */
    long untilExpiryNs(final long nowNs) {
        return oldest < next ? Math.max(0, deadlineNs[index(oldest)] - nowNs) : Long.MAX_VALUE;
    }

    private int index(final long id) {
        return (int) id & mask;
    }
}

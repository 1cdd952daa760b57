package io.t1.sidecar;

import java.util.function.LongSupplier;

/**
 * How much a server is asked, from one look to the next.
 *
 * <p>Threading: one thread looks.
 */
final class Traffic {
    /** Decisions a second from which on a faster kernel is worth having: see {@link Pace#DENSE}. */
    static final long DENSE_PER_SECOND = 10_000;

    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final LongSupplier decisions;
    private final LongSupplier nanoClock;
    private long seen;
    private long seenAtNs;

    /**
     * @param decisions made so far.
     */
    Traffic(final LongSupplier decisions, final LongSupplier nanoClock) {
        this.decisions = decisions;
        this.nanoClock = nanoClock;
        seen = decisions.getAsLong();
        seenAtNs = nanoClock.getAsLong();
    }

    /** What was asked between two looks. */
    enum Pace {
        /** Nothing: nobody notices a pause. */
        QUIET,
        /**
         * Some decisions: what they cost is waking up, so no kernel makes them cheaper, and one that is new to the
         * compilers makes them dearer for as long as they are few.
         */
        SPARSE,
        /** So many that another kernel is compiled within a second, and pays. */
        DENSE
    }

    /** The pace since the last look, or since this was made. */
    Pace look() {
        final long now = nanoClock.getAsLong();
        final long made = decisions.getAsLong();
        final long since = made - seen;
        final long elapsedNs = Math.max(1, now - seenAtNs);
        seen = made;
        seenAtNs = now;
        if (since == 0) {
            return Pace.QUIET;
        }
        return since >= (double) DENSE_PER_SECOND * elapsedNs / NS_PER_SECOND ? Pace.DENSE : Pace.SPARSE;
    }
}

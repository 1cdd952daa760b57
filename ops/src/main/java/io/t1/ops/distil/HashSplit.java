package io.t1.ops.distil;

import java.io.Serializable;

/**
 * Deals queries by a seeded hash of their ids alone: which are held out, which are looked at first, and which half a query
 * is of. Wherever queries lie and in whatever order, the same are dealt the same way. Threading: any.
 *
 * @param seed of the run.
 * @param queries in all.
 * @param heldOut about so many are held out.
 * @param pupils about so many of the others are what the table learns from.
 */
public record HashSplit(long seed, long queries, long heldOut, long pupils) implements Serializable {
    private static final double RANGE = 0x1p-53;

    /** The hash of an id: what comes next is in order of it. */
    public long hash(final String id) {
        long h = seed ^ 0x9E3779B97F4A7C15L;
        for (int i = 0; i < id.length(); i++) {
            h = (h ^ id.charAt(i)) * 0xD6E8FEB86659FD93L;
            h ^= h >>> 32;
        }
        h = (h ^ (h >>> 30)) * 0xBF58476D1CE4E5B9L;
        h = (h ^ (h >>> 27)) * 0x94D049BB133111EBL;
        return h ^ (h >>> 31);
    }

    /** Whether neither forest nor table may see it. */
    public boolean isHeldOut(final long hash) {
        return rank(hash) < heldOut;
    }

    /** Whether the table learns from what the forests say of it. */
    public boolean isPupil(final long hash) {
        final double rank = rank(hash);
        return rank >= heldOut && rank < heldOut + pupils;
    }

    /** 0 or 1. */
    public int half(final long hash) {
        return (int) (hash & 1);
    }

    /** Where about it stands among all queries in order of their hashes. */
    private double rank(final long hash) {
        return (hash >>> 11) * RANGE * queries;
    }
}

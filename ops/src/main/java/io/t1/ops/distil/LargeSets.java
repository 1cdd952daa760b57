package io.t1.ops.distil;

/**
 * What is done otherwise where queries are many.
 *
 * @param mostCrossFitted more queries than these are judged on held-out ones instead of by cross-fitting, which would grow
 *     every forest fifteen times.
 * @param heldOut queries that neither forest nor table sees; a fifth of all at most.
 * @param pupils queries that the table learns from what the forests say of; more add nothing to a few hundred knots.
 * @param searched of these, on which ways of growing the teacher are tried.
 */
public record LargeSets(int mostCrossFitted, int heldOut, int pupils, int searched) {
    /** Cross-fitting up to 100,000 queries; beyond, 100,000 held out and half a million pupils. */
    public static final LargeSets STANDARD = new LargeSets(100_000, 100_000, 500_000, 20_000);

    private static final int LEAST_SHARE = 5;

    public LargeSets {
        if (mostCrossFitted < 0 || heldOut < 1 || pupils < 1 || searched < 1) {
            throw new IllegalArgumentException("cross-fitted=" + mostCrossFitted + ", held out=" + heldOut + ", pupils="
                    + pupils + ", searched=" + searched + ": each 1 at least, the first 0");
        }
    }

    /** The same with another limit. */
    public LargeSets withMostCrossFitted(final int queries) {
        return new LargeSets(queries, heldOut, pupils, searched);
    }

    /** How so many queries are dealt. */
    HashSplit split(final long queries, final long seed) {
        return new HashSplit(seed, queries, Math.min(heldOut, queries / LEAST_SHARE), pupils);
    }
}

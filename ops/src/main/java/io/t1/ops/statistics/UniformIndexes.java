package io.t1.ops.statistics;

import java.util.SplittableRandom;

/**
 * Draws indexes with equal chances, two a random number, by multiplication instead of division (Lemire 2019); what would
 * favour some index is drawn again, so chances are exactly equal.
 *
 * <p>Threading: any. Allocation: none.
 */
final class UniformIndexes {
    private static final long LOW = 0xFFFF_FFFFL;

    private UniformIndexes() {}

    /**
     * Fills the first {@code count} places.
     *
     * @param bound that indexes stay under, 1 or more.
     */
    static void fill(final int[] indexes, final int count, final int bound, final SplittableRandom random) {
        final long uneven = (LOW + 1) % bound; // as many of 2^32 numbers are too many
        int i = 0;
        for (; i + 1 < count; i += 2) {
            final long bits = random.nextLong();
            final long first = (bits & LOW) * bound;
            final long second = (bits >>> Integer.SIZE) * bound;
            indexes[i] = (first & LOW) < uneven ? random.nextInt(bound) : (int) (first >>> Integer.SIZE);
            indexes[i + 1] = (second & LOW) < uneven ? random.nextInt(bound) : (int) (second >>> Integer.SIZE);
        }
        if (i < count) {
            indexes[i] = random.nextInt(bound);
        }
    }
}

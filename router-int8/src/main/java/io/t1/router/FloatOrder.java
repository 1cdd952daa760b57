package io.t1.router;

/**
 * Floats as integers in the same order, so that they can be compared and clamped by arithmetic: a comparison of floats
 * compiles to a branch, and on features, caps and scores nobody foretells which way it goes.
 *
 * <p>Threading: any. Allocation: none.
 */
public final class FloatOrder {
    private static final int MAGNITUDE = Integer.MAX_VALUE;

    private FloatOrder() {}

    /**
     * The key of a float that isn't NaN: {@code key(a) < key(b)} exactly when {@code a < b}; -0.0 has the key of 0.0.
     */
    public static int key(final float x) {
        final int bits = Float.floatToRawIntBits(x);
        final int negative = bits >> 31;
        return ((bits & MAGNITUDE) ^ negative) - negative; // minus the magnitude, which is 0 for -0.0
    }

    /** The float of a key. */
    public static float ofKey(final int key) {
        final int negative = key >> 31;
        return Float.intBitsToFloat(((key ^ negative) - negative) | (negative & ~MAGNITUDE));
    }

    /** 1 when key {@code a} is below key {@code b}, else 0. In 64 bits the difference can't overflow. */
    public static long below(final long a, final long b) {
        return (a - b) >>> 63;
    }
}

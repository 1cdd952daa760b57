package io.t1.ops.statistics;

import java.util.Arrays;

/**
 * Indexes in ascending order of what stands there, equal ones in order of index.
 *
 * <p>A sort of primitive numbers: the upper half of a key and its index make one number; where upper halves are equal, the
 * lower half and the index make another. Threading: any.
 */
public final class AscendingOrder {
    private static final long UPPER = 0xFFFF_FFFF_0000_0000L;

    private AscendingOrder() {}

    /** Of doubles, as {@link Double#compare} has them. */
    public static int[] of(final double[] values) {
        final long[] keys = new long[values.length];
        for (int i = 0; i < keys.length; i++) {
            final long bits = Double.doubleToLongBits(values[i]);
            keys[i] = bits ^ ((bits >> (Long.SIZE - 1)) & Long.MAX_VALUE);
        }
        return of(keys);
    }

    /** Of keys. */
    public static int[] of(final long[] keys) {
        final long[] packed = new long[keys.length];
        for (int i = 0; i < packed.length; i++) {
            packed[i] = (keys[i] & UPPER) | i;
        }
        Arrays.parallelSort(packed);
        int begin = 0;
        for (int end = 1; end <= packed.length; end++) {
            if (end == packed.length || (packed[end] & UPPER) != (packed[begin] & UPPER)) {
                if (end - begin > 1) {
                    sortByLowerHalf(packed, begin, end, keys);
                }
                begin = end;
            }
        }
        final int[] order = new int[packed.length];
        for (int i = 0; i < order.length; i++) {
            order[i] = (int) packed[i];
        }
        return order;
    }

    private static void sortByLowerHalf(final long[] packed, final int begin, final int end, final long[] keys) {
        for (int i = begin; i < end; i++) {
            final int index = (int) packed[i];
            packed[i] = ((keys[index] << Integer.SIZE) ^ Long.MIN_VALUE) | index; // the lower half has no sign
        }
        Arrays.sort(packed, begin, end);
    }
}

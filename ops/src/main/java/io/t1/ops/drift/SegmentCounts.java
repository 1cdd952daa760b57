package io.t1.ops.drift;

import io.t1.router.artifact.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** How many values lie in each segment between two knots of a feature, and how many are missing. Threading: any. */
public final class SegmentCounts {
    private SegmentCounts() {}

    /**
     * Of a feature's values. What lies before the first knot or behind the last counts with the segment there, where the
     * table puts it too.
     *
     * @param knots 17, ascending.
     * @param values NaN where missing.
     * @return 16 segments, then missing.
     */
    public static List<Long> of(final float[] knots, final double[] values) {
        final long[] counts = new long[FeatureSpec.KNOTS];
        for (final double value : values) {
            counts[Double.isNaN(value) ? FeatureSpec.KNOTS - 1 : segment(knots, (float) value)]++;
        }
        final List<Long> list = new ArrayList<>();
        for (final long count : counts) {
            list.add(count);
        }
        return List.copyOf(list);
    }

    private static int segment(final float[] knots, final float value) {
        final int at = Arrays.binarySearch(knots, value + 0f); // -0.0 and 0.0 are one value
        return Math.clamp(at >= 0 ? at : -at - 2, 0, FeatureSpec.KNOTS - 2);
    }
}

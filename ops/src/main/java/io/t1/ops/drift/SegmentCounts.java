package io.t1.ops.drift;

import io.t1.router.artifact.FeatureSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** How many values lie in each segment between two knots of a feature, and how many are missing. Threading: any. */
public final class SegmentCounts {
    private static final int PART = 16_384;

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
            counts[place(knots, (float) value)]++;
        }
        return listed(counts);
    }

    /**
     * Of all features of rows, feature by feature as the other. Rows are gone through once, on as many threads as there are.
     *
     * @param rows {@code [row][feature]}, NaN where missing.
     */
    public static List<List<Long>> of(final List<FeatureSpec> features, final float[][] rows) {
        final float[][] knots = features.stream().map(FeatureSpec::knots).toArray(float[][]::new);
        final long[][] counts = IntStream.range(0, (rows.length + PART - 1) / PART)
                .parallel()
                .mapToObj(part -> ofPart(knots, rows, part * PART, Math.min(rows.length, (part + 1) * PART)))
                .reduce(new long[knots.length][FeatureSpec.KNOTS], SegmentCounts::sum);
        return Arrays.stream(counts).map(SegmentCounts::listed).toList();
    }

    private static long[][] ofPart(final float[][] knots, final float[][] rows, final int begin, final int end) {
        final long[][] counts = new long[knots.length][FeatureSpec.KNOTS];
        for (int q = begin; q < end; q++) {
            for (int f = 0; f < knots.length; f++) {
                counts[f][place(knots[f], rows[q][f])]++;
            }
        }
        return counts;
    }

    private static long[][] sum(final long[][] one, final long[][] other) {
        final long[][] sums = new long[one.length][FeatureSpec.KNOTS];
        for (int f = 0; f < sums.length; f++) {
            for (int i = 0; i < sums[f].length; i++) {
                sums[f][i] = one[f][i] + other[f][i];
            }
        }
        return sums;
    }

    private static int place(final float[] knots, final float value) {
        return Float.isNaN(value) ? FeatureSpec.KNOTS - 1 : segment(knots, value);
    }

    private static List<Long> listed(final long[] counts) {
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

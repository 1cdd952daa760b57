package io.t1.ops.distil;

import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;

/**
 * Places 17 ascending knots for a feature: at its sixteenths where those are distinct, then where most distinct values
 * lie between two, then beyond the highest.
 */
final class Knots {
    private static final int KNOTS = FeatureSpec.KNOTS;
    /** Segments must have a finite inverse in float32. */
    static final float LEAST_WIDTH = 1e-30f;

    private Knots() {}

    /**
     * Of a feature's training values.
     *
     * @param values NaN where missing; infinities are refused at the edge.
     */
    static float[] of(final float[] values) {
        final float[] present = present(values);
        if (present.length == 0) {
            return extended(new TreeSet<>(List.of(0f)));
        }
        final float[] distinct = distinct(present);
        final TreeSet<Float> knots = new TreeSet<>();
        if (distinct.length <= KNOTS) {
            for (final float value : distinct) {
                knots.add(value);
            }
            return extended(knots);
        }
        for (int j = 0; j < KNOTS; j++) {
            final float value = present[(int) Math.round(j * (present.length - 1.0) / (KNOTS - 1))];
            final int at = Arrays.binarySearch(distinct, value);
            knots.add(distinct[at >= 0 ? at : -at - 2]);
        }
        while (knots.size() < KNOTS) {
            knots.add(middleOfTheWidestGap(distinct, knots));
        }
        return array(knots);
    }

    /** The median of a feature's training values; 0 when all are missing. */
    static float median(final float[] values) {
        final float[] present = present(values);
        return present.length == 0 ? 0 : present[(present.length - 1) / 2];
    }

    private static float middleOfTheWidestGap(final float[] distinct, final NavigableSet<Float> knots) {
        int widest = 0;
        float middle = 0;
        int left = 0;
        for (int i = 1; i < distinct.length; i++) {
            if (knots.contains(distinct[i])) {
                if (i - left > widest) {
                    widest = i - left;
                    middle = distinct[(left + i) / 2];
                }
                left = i;
            }
        }
        return middle;
    }

    private static float[] extended(final NavigableSet<Float> knots) {
        final double step = knots.size() > 1 ? (knots.last() - (double) knots.first()) / (knots.size() - 1) : 1;
        while (knots.size() < KNOTS) {
            final float last = knots.last();
            knots.add(Math.max((float) (last + step), Math.nextUp(last)));
        }
        return array(knots);
    }

    /** The values that are there, ascending. */
    static float[] present(final float[] values) {
        final float[] present = new float[values.length];
        int count = 0;
        for (final float value : values) {
            if (!Float.isNaN(value)) {
                present[count++] = value + 0f; // -0.0 and 0.0 are one knot
            }
        }
        final float[] sorted = Arrays.copyOf(present, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Sorted values, each once, at least a least width apart. */
    static float[] distinct(final float[] sorted) {
        final float[] distinct = new float[sorted.length];
        int count = 0;
        for (final float value : sorted) {
            if (count == 0 || value - distinct[count - 1] >= LEAST_WIDTH) {
                distinct[count++] = value;
            }
        }
        return Arrays.copyOf(distinct, count);
    }

    private static float[] array(final NavigableSet<Float> knots) {
        final float[] array = new float[knots.size()];
        int i = 0;
        for (final float knot : knots) {
            array[i++] = knot;
        }
        return array;
    }
}

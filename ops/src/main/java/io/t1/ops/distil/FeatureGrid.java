package io.t1.ops.distil;

import io.t1.codec.CategoryValue;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Up to 256 places along a feature, at equal shares of its training values, the least and the greatest among them; values
 * belong to the nearest. Counts and other features of few values have a place each.
 *
 * @param places ascending, at least a least width apart; one at least.
 * @param missing where NaN belongs: the median's, or all other categories'.
 * @param categories a place each and one for all others; empty for a number.
 */
public record FeatureGrid(float[] places, int missing, List<String> categories) implements Serializable {
    /** Most places: as many as a table has codes. */
    static final int MOST = 256;

    FeatureGrid(final float[] places, final int missing) {
        this(places, missing, List.of());
    }

    /** Of categories, in the order of their values. */
    static FeatureGrid ofCategories(final List<String> categories) {
        final float[] places = new float[categories.size() + 1];
        for (int i = 0; i < categories.size(); i++) {
            places[i] = CategoryValue.of(categories.get(i));
        }
        places[categories.size()] = CategoryValue.OTHER;
        return new FeatureGrid(places, categories.size(), categories);
    }

    /** Of training values, NaN where missing. */
    static FeatureGrid of(final float[] values) {
        final float[] present = Knots.present(values);
        if (present.length == 0) {
            return new FeatureGrid(new float[] {0}, 0);
        }
        final float[] distinct = Knots.distinct(present);
        if (distinct.length <= MOST) {
            return withMedian(distinct, present);
        }
        final float[] places = new float[MOST];
        int count = 0;
        for (int j = 0; j < MOST; j++) {
            final float value = present[(int) Math.round(j * (present.length - 1.0) / (MOST - 1))];
            final int at = Arrays.binarySearch(distinct, value);
            final float place = distinct[at >= 0 ? at : -at - 2];
            if (count == 0 || place > places[count - 1]) {
                places[count++] = place;
            }
        }
        return withMedian(Arrays.copyOf(places, count), present);
    }

    private static FeatureGrid withMedian(final float[] places, final float[] present) {
        final float median = present[(present.length - 1) / 2];
        return new FeatureGrid(places, new FeatureGrid(places, 0).nearest(median));
    }

    /** Rows with each value given by its place's index; NaN stays. */
    static float[][] placed(final List<FeatureGrid> grids, final float[][] rows) {
        final float[][] placed = new float[rows.length][grids.size()];
        IntStream.range(0, rows.length).parallel().forEach(q -> {
            for (int f = 0; f < placed[q].length; f++) {
                placed[q][f] = grids.get(f).placed(rows[q][f]);
            }
        });
        return placed;
    }

    /** The nearest place's index; NaN stays. */
    public float placed(final float value) {
        return Float.isNaN(value) ? Float.NaN : nearest(value);
    }

    /** The nearest place's index; of two as near, the lower. */
    int nearest(final float value) {
        if (Float.isNaN(value)) {
            return missing;
        }
        // halving, the same steps for every value: the last place that isn't above it, or the first
        int left = 0;
        for (int length = places.length; length > 1; length -= length >>> 1) {
            final int half = length >>> 1;
            left += places[left + half] <= value ? half : 0;
        }
        return left + 1 == places.length || (double) value - places[left] <= (double) places[left + 1] - value
                ? left
                : left + 1;
    }

    /** The nearest place of each value. */
    int[] nearest(final float[] values) {
        final int[] nearest = new int[values.length];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = nearest(values[i]);
        }
        return nearest;
    }
}

package io.t1.codec;

import java.util.Arrays;

/**
 * One feature of a table, as its clients need it.
 *
 * @param name what clients call it; 1 to 128 bytes of UTF-8.
 * @param defaultCode the code of NaN, 0 to 255.
 * @param knots {@value #KNOTS} ascending values in the feature's unit; copied.
 */
public record FeatureDescription(String name, int defaultCode, float[] knots) {
    /** Knots of a feature. */
    public static final int KNOTS = 17;

    private static final int SIXTEENTHS = 16;

    public FeatureDescription {
        WireRange.uint8("default code of " + name, defaultCode);
        if (knots.length != KNOTS) {
            throw new IllegalArgumentException("knots of " + name + "=" + knots.length + " != " + KNOTS);
        }
        knots = knots.clone();
    }

    /** A copy. */
    @Override
    public float[] knots() {
        return knots.clone();
    }

    /** Whether its values are categories, see {@link CategoryValue}: its default code stands on the knot of all others. */
    public boolean categorical() {
        return defaultCode % SIXTEENTHS == 0 && knots[defaultCode / SIXTEENTHS] == CategoryValue.OTHER;
    }

    /**
     * The value to send for a category: {@link CategoryValue#of} where the table declares it, else NaN.
     *
     * @throws IllegalStateException if this has no categories.
     */
    public float category(final CharSequence category) {
        if (!categorical()) {
            throw new IllegalStateException("feature " + name + " has no categories: it takes numbers");
        }
        return known(CategoryValue.of(category));
    }

    /** A value as it is to be sent: of a feature with categories, NaN for those that the table doesn't declare. */
    public float known(final float value) {
        return categorical() ? CategoryValue.declared(knots, value) : value;
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof final FeatureDescription that
                && name.equals(that.name)
                && defaultCode == that.defaultCode
                && Arrays.equals(knots, that.knots);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * name.hashCode() + defaultCode) + Arrays.hashCode(knots);
    }

    @Override
    public String toString() {
        return name + "(default code " + defaultCode + ", knots " + Arrays.toString(knots) + ")";
    }
}

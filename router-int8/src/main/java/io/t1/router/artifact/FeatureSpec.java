package io.t1.router.artifact;

import java.util.List;

/**
 * One input of a table.
 *
 * @param name lower case, digits and underscores.
 * @param unit for people, e.g. {@code nats}; may be empty.
 * @param defaultCode the code of NaN, 0 to 255.
 * @param knots 17, strictly ascending, finite, in the feature's unit.
 * @param categories that the feature tells apart, in the order of their knots; empty for a number. With categories, knots
 *     and default code follow from them, see {@link CategoryKnots}.
 */
public record FeatureSpec(String name, String unit, int defaultCode, float[] knots, List<String> categories) {
    /** Knots a feature. */
    public static final int KNOTS = 17;

    /** A number. */
    public FeatureSpec(final String name, final String unit, final int defaultCode, final float[] knots) {
        this(name, unit, defaultCode, knots, List.of());
    }

    /** Whether this tells categories apart, which have no order. */
    public boolean categorical() {
        return !categories.isEmpty();
    }
}

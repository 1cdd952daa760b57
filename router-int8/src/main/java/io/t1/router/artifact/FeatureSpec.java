package io.t1.router.artifact;

/**
 * One input of a table.
 *
 * @param name lower case, digits and underscores.
 * @param unit for people, e.g. {@code nats}; may be empty.
 * @param defaultCode the code of NaN, 0 to 255.
 * @param knots 17, strictly ascending, finite, in the feature's unit.
 */
public record FeatureSpec(String name, String unit, int defaultCode, float[] knots) {
    /** Knots a feature. */
    public static final int KNOTS = 17;
}

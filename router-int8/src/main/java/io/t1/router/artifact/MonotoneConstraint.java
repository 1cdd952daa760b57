package io.t1.router.artifact;

/**
 * A direction in which an output may move with a feature.
 *
 * @param feature the feature's name.
 * @param output which output.
 * @param direction which way.
 */
public record MonotoneConstraint(String feature, OutputName output, Direction direction) {
    /** Which way an output goes when the feature rises. */
    public enum Direction {
        /** It never falls. */
        INCREASING,
        /** It never rises. */
        DECREASING
    }
}

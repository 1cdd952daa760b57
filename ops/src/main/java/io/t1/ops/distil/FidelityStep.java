package io.t1.ops.distil;

/** A step from the teacher to the table, in order. */
public enum FidelityStep {
    /** A free shape a feature, on 256 places. */
    SHAPES,
    /** The shapes' polylines through 17 knots. */
    KNOTS,
    /** The values at the knots refitted jointly, smoothed as held-out queries want it. */
    REFIT,
    /** Rounded to INT8: the table. */
    INT8,
    /** The table with pairs of features beside it, rounded too: a trial, shipped where it pays. */
    PAIRS
}

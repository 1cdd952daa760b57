package io.t1.gating;

/** Bits of a decision's flags, the same as {@code DecisionFlags} on the wire. */
public final class DecisionFlag {
    /** Exploration chose the arm. */
    public static final int EXPLORED = 1;
    /** The spend cap lowered the arm. */
    public static final int CAPPED = 1 << 1;
    /** The expected gain was under the least worth any spend. */
    public static final int LOW_GAIN = 1 << 2;
    /** The baseline decision, made without the table. */
    public static final int DEGRADED = 1 << 3;
    /** Degraded because the server shed load. */
    public static final int OVERLOADED = 1 << 4;
    /** The node's own score was used. */
    public static final int NODE_SCORE = 1 << 5;
    /** The baseline table decided. */
    public static final int BASELINE_TABLE = 1 << 6;

    private DecisionFlag() {}
}

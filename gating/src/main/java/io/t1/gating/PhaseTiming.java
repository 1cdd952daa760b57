package io.t1.gating;

/** Whether a {@link BatchDecider} reads the clock around its phases. */
public enum PhaseTiming {
    /** No clock is read; the phases last 0 ns. */
    OFF,
    /** Three readings of {@link System#nanoTime} a batch. */
    ON
}

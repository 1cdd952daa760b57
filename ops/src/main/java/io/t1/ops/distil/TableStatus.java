package io.t1.ops.distil;

/** What may be done with a table. */
public enum TableStatus {
    /** Shown to gain, and to lose nothing against its teacher. */
    ACCEPTED,
    /** Shown to gain, and not shown to lose nothing against its teacher: written for study, not to ship. */
    REJECTED,
    /** Not shown to gain: its gate is closed, so that it decides as the baseline does. */
    BASELINE
}

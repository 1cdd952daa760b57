package io.t1.codec;

/** Why the store pins a table version. */
public enum TableRole {
    /** It decides. */
    ACTIVE,
    /** It decided before. */
    PREVIOUS,
    /** It is what rollback falls back to. */
    BASELINE
}

package io.t1.ops.lab.corpus;

/** What a corpus is written in, which decides how it is analysed. */
public enum TextKind {
    /** Source code: words within identifiers are words. */
    CODE,
    /** English prose. */
    PROSE
}

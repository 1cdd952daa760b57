package io.t1.ops.cli;

/** What a table is fitted to. */
enum TargetsChoice {
    /** What the definitions make of what each arm gave and cost. */
    MEASURED,
    /** The user's own columns. */
    OWN
}

package io.t1.ops.cli;

/**
 * How far a long step has come, for people: drawn on standard error, redrawn in place on a terminal, a line every few
 * seconds otherwise.
 *
 * <p>Threading: any. Steps under two seconds print nothing.
 */
public interface Progress {
    /** Shows nothing. */
    Progress NONE = (step, done, total) -> {};

    /**
     * Reports a step's progress.
     *
     * @param step what is being done, e.g. {@code encoding documents}.
     * @param done units done.
     * @param total units in all; 0 when not known.
     */
    void report(String step, long done, long total);
}

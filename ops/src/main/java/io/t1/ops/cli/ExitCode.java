package io.t1.ops.cli;

/** What {@code t1} exits with. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;
    /** A check failed. */
    public static final int CHECK_FAILED = 1;
    /** Bad input or usage. */
    public static final int BAD_INPUT = 2;
    /** The sidecar could not be reached. */
    public static final int UNREACHABLE = 3;

    private ExitCode() {}
}

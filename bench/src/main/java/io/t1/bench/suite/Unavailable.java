package io.t1.bench.suite;

/** Something a row needs isn't on this machine. The row says so and is skipped. */
public final class Unavailable extends Exception {
    /** @param what is missing, and what would bring it. */
    public Unavailable(final String what) {
        super(what);
    }

    /** What is missing. */
    public String what() {
        return String.valueOf(getMessage());
    }
}

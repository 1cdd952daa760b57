package io.t1.bench.load;

/** What a client does until its answer is there. */
public enum Waiting {
    /** Sleeps in the system call. */
    BLOCKING,
    /** Asks again and again, and never gives its processor away. */
    SPINNING
}

package io.t1.sidecar.stats;

/** Whether the server may be sent traffic. */
public sealed interface Readiness {
    /** It decides by a good table. */
    record Ready() implements Readiness {}

    /**
     * It doesn't.
     *
     * @param reason for people: what it waits for, or that it drains.
     */
    record NotReady(String reason) implements Readiness {}
}

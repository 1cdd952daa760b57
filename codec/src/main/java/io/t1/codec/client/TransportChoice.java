package io.t1.codec.client;

/** What carries a client's decisions. */
public enum TransportChoice {
    /** The socket. */
    SOCKET,
    /**
     * A ring in shared memory, opened over the Unix socket; the socket all the same where the sidecar lends no ring or its
     * file can't be mapped.
     */
    RING
}

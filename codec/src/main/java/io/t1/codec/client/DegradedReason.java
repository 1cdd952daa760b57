package io.t1.codec.client;

/** Why a decision is the baseline's. */
public enum DegradedReason {
    /** It isn't: the table decided. */
    NONE,
    /** No sidecar answers at the address; the client tries again, with backoff, in later calls. */
    NOT_CONNECTED,
    /** The sidecar has no table for this key yet, or didn't take the Hello. */
    NOT_READY,
    /** The deadline passed. */
    DEADLINE,
    /** The sidecar shed load. */
    OVERLOADED,
    /** The sidecar is shutting down. */
    DRAINING,
    /** The table changed its features or knots, and changed them again, or codes were made for the old one. */
    STALE_FEATURES,
    /** Earlier requests still wait to leave: the sidecar reads too slowly. */
    BACK_PRESSURE,
    /** The sidecar refused the request, or failed; see {@code lastError()}. */
    REFUSED,
    /** The sidecar itself answered with the baseline decision. */
    BY_SERVER,
    /** The calling thread was interrupted; its interrupt stays set. */
    INTERRUPTED
}

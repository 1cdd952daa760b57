package io.t1.sidecar.stats;

/**
 * The counters of one event loop, in the order of their words in {@link LoopStats}, which relies on the arms' order by
 * code and on the flags' by bit.
 */
enum LoopCounter {
    SKIP,
    CHEAP,
    FULL,
    BATCHES,
    EXPLORED,
    CAPPED,
    LOW_GAIN,
    DEGRADED,
    OVERLOADED,
    REQUESTS,
    OUTCOMES,
    CONNECTIONS_OPENED,
    CONNECTIONS_CLOSED,
    BYTES_IN,
    BYTES_OUT,
    RINGS_OPENED,
    RINGS_CLOSED,
    RING_REQUESTS,
    RING_BYTES_MAPPED;

    static final int COUNT = values().length;
}

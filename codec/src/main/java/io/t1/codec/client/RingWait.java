package io.t1.codec.client;

import io.t1.codec.ring.RingIdle;
import io.t1.codec.wire.RingWaiting;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * How a client waits for a frame in its ring.
 *
 * <p>Threading: one thread. Allocation: in the constructor only.
 */
final class RingWait {
    /** Looks between two of the caller's looks at its deadline: some microseconds. */
    private static final int SPINS = 2_000;
    /** Looks before each step of a backoff. */
    private static final int BACKOFF_SPINS = 100;
    /** How long a blocking client spins before it sleeps: longer than an answer takes of a server that is awake. */
    private static final long BLOCKING_SPIN_NS = 20_000;

    private static final long YIELDS = 20;
    private static final long MIN_PARK_NS = 1_000;
    private static final long MAX_PARK_NS = 1_000_000;

    private final BackoffIdleStrategy backoff = new BackoffIdleStrategy(1, YIELDS, MIN_PARK_NS, MAX_PARK_NS);
    private final RingIdle idle;
    private final NanoClock clock;

    RingWait(final RingIdle idle, final NanoClock clock) {
        this.idle = idle;
        this.clock = clock;
    }

    /** What the server has to know of it. */
    RingWaiting waiting() {
        return idle.waiting();
    }

    /** A frame came: the next wait starts anew. */
    void reset() {
        backoff.reset();
    }

    /**
     * Waits for a frame, at most {@code nanos}, often less.
     *
     * @return whether it slept on the socket.
     */
    boolean forFrame(final RingEnds ring, final Transport socket, final long nanos) {
        switch (idle) {
            case BUSY_SPIN -> {
                final var _ = ring.responses.spin(SPINS);
            }
            case BACKOFF -> {
                if (!ring.responses.spin(BACKOFF_SPINS)) {
                    backoff.idle();
                }
            }
            case BLOCKING -> {
                return !spin(ring, Math.min(nanos, BLOCKING_SPIN_NS)) && sleep(ring, socket, nanos);
            }
        }
        return false;
    }

    private boolean spin(final RingEnds ring, final long nanos) {
        if (ring.responses.spin(SPINS)) {
            return true; // without a look at the clock
        }
        final long startedNs = clock.nanoTime();
        do {
            if (ring.responses.spin(BACKOFF_SPINS)) {
                return true;
            }
        } while (clock.nanoTime() - startedNs < nanos);
        return false;
    }

    private static boolean sleep(final RingEnds ring, final Transport socket, final long nanos) {
        ring.clientSleep.sleeps();
        try {
            if (ring.responses.hasFrame()) {
                return false;
            }
            socket.await(nanos);
            return true;
        } finally {
            ring.clientSleep.isUp();
        }
    }
}

package io.t1.codec.ring;

import io.t1.codec.wire.RingWaiting;
import java.util.Locale;

/** How one end of a ring waits for frames: what it costs in CPU time, and how long a frame may lie. */
public enum RingIdle {
    /** Looks again and again and never lets go of its core: the shortest latency, a whole core for it. */
    BUSY_SPIN,
    /** Spins, then yields, then parks for longer and longer, up to a millisecond. */
    BACKOFF,
    /** Spins for some microseconds, then sleeps until the other side wakes it over the socket: no CPU when idle. */
    BLOCKING;

    /** Its name in settings: {@code busy-spin}, {@code backoff}, {@code blocking}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The one of a name.
     *
     * @throws IllegalArgumentException if there is none.
     */
    public static RingIdle ofText(final String text) {
        for (final RingIdle idle : values()) {
            if (idle.text().equals(text)) {
                return idle;
            }
        }
        throw new IllegalArgumentException("\"" + text + "\" isn't one of busy-spin, backoff, blocking");
    }

    /** What the other side has to know of it. */
    public RingWaiting waiting() {
        return this == BLOCKING ? RingWaiting.SLEEPS : RingWaiting.POLLS;
    }
}

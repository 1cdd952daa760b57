package io.t1.codec.poll;

import java.util.Locale;

/** How an end of a connection waits for the other's bytes. */
public enum PollMode {
    /** It looks again and again and never sleeps: the shortest wait, and a core of its own. */
    SPIN,
    /** It spins for some microseconds where that has lately paid, then sleeps: see {@link SpinWindow}. */
    ADAPTIVE,
    /** It sleeps at once. */
    BLOCK;

    /** Its name in settings and logs. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

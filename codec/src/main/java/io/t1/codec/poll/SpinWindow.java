package io.t1.codec.poll;

/**
 * How long a wait is spun before it is slept, by what the last waits were like.
 *
 * <p>A sleeper's wake-up takes tens of microseconds, so a wait is worth spinning through when it is likely to be as short
 * as that. Adaptive, the window opens with each short wait, up to {@link #MOST_NS}, and closes with long ones: an idle
 * end doesn't spin, and a wait costs at most {@link #MOST_NS} of a core. A sleep that ends within {@value #CHEAP_NS} ns
 * shows an other end that only needed this core: then the window shuts, since sleeping is as good and spinning would be
 * in the way. After {@value #VAIN_MOST} windows spun in vain in a row this end rests, and sleeps through some waits; it
 * rests twice as long each time, up to {@value #REST_MOST} waits, until spinning pays again: two ends that wake each
 * other just too late part soon, and an end that is slow is hardly ever spun for.
 *
 * <p>Threading: one thread. Allocation: none.
 */
public final class SpinWindow {
    /** Most of a wait that is spun when adaptive: about what a wake-up costs. */
    public static final long MOST_NS = 50_000;

    /** A wait up to here is short: the window and a wake-up, on both ends. */
    private static final long SHORT_NS = 2 * MOST_NS;

    private static final long LEAST_NS = MOST_NS / 8;
    private static final long CHEAP_NS = 8_000;
    private static final int VAIN_MOST = 8;
    private static final int REST_LEAST = 16;
    private static final int REST_MOST = 1_024;

    private final PollMode mode;
    private long windowNs;
    private int vain; // windows spun in vain, one after the other
    private int rest = REST_LEAST; // waits that the next rest lasts
    private int resting; // waits left of this one

    /** For an end that waits by this mode. */
    public SpinWindow(final PollMode mode) {
        this.mode = mode;
        windowNs = mode == PollMode.SPIN ? Long.MAX_VALUE : 0;
    }

    /** How long to spin now before sleeping, in nanoseconds: 0 not at all, {@link Long#MAX_VALUE} for ever. */
    public long nanos() {
        return windowNs;
    }

    /** What was waited for came while this end span. */
    public void spun() {
        vain = 0;
        rest = REST_LEAST;
    }

    /**
     * What was waited for came while this end slept, or didn't come in time.
     *
     * @param waitedNs the whole wait, spinning included.
     */
    public void slept(final long waitedNs) {
        if (mode != PollMode.ADAPTIVE) {
            return;
        }
        if (resting > 0) {
            resting--;
        } else if (waitedNs - windowNs <= CHEAP_NS) {
            windowNs = 0;
        } else if (windowNs > 0 && ++vain == VAIN_MOST) {
            vain = 0;
            windowNs = 0;
            resting = rest;
            rest = Math.min(2 * rest, REST_MOST);
        } else if (waitedNs > SHORT_NS) {
            windowNs >>= 2;
            windowNs = windowNs < LEAST_NS ? 0 : windowNs;
        } else {
            windowNs = Math.clamp(2 * windowNs, LEAST_NS, MOST_NS);
        }
    }
}

package io.t1.sidecar.stats;

import java.util.Locale;

/** How much of the decision path is timed and counted. */
public enum Recording {
    /** Each request: its whole time, its phases, its counters. */
    ALL(0),
    /** Each request's whole time and counters, the phases of one request in {@link #EVERY}. */
    SAMPLED(Recording.EVERY - 1),
    /** Nothing: to measure what recording costs. The figures stay at 0. */
    OFF(Integer.MAX_VALUE);

    /** One request in so many has its phases timed when they are sampled. */
    public static final int EVERY = 64;

    private final int between;

    Recording(final int between) {
        this.between = between;
    }

    /** Its name in settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** One request in so many has its phases timed; 0: none. */
    public int every() {
        return this == OFF ? 0 : between + 1;
    }

    /** Requests that aren't timed before the first that is: the first is, so that a quiet server shows its phases. */
    int first() {
        return this == OFF ? between : 0;
    }

    /** Requests that aren't timed between two that are. */
    int next() {
        return between;
    }
}

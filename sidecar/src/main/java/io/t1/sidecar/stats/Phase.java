package io.t1.sidecar.stats;

import java.util.Locale;

/** The parts of a request's way through the server that are timed apart. */
public enum Phase {
    /** From the frame's bytes to a checked request. */
    DECODE,
    /** Codes into router outputs. */
    KERNEL,
    /** Outputs into arms. */
    GATE,
    /** Arms into the response's bytes. */
    ENCODE,
    /** From the frame's arrival in user space to its response's hand-over to the socket. */
    WHOLE;

    private static final Phase[] VALUES = values();

    private final String label = name().toLowerCase(Locale.ROOT);

    /** Its name in logs, JSON and metrics. */
    public String label() {
        return label;
    }

    /** How many there are. */
    static int count() {
        return VALUES.length;
    }

    /** The phase of an ordinal, without the copy that {@code values()} makes. */
    static Phase of(final int ordinal) {
        return VALUES[ordinal];
    }
}

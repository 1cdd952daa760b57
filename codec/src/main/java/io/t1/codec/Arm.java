package io.t1.codec;

/** What is done on top of the first stage, from cheapest to dearest. */
public enum Arm {
    /** Nothing. */
    SKIP,
    /** An early-exit rerank. */
    CHEAP,
    /** A full rerank. */
    FULL;

    private static final Arm[] BY_CODE = values();

    /** How many arms there are. */
    public static final int COUNT = 3;

    /** The arm as one byte on the wire: 0 to 2. */
    public byte code() {
        return (byte) ordinal();
    }

    /**
     * The arm of a code from {@link #code()}.
     *
     * @throws IllegalArgumentException if {@code code} isn't 0 to 2.
     */
    public static Arm ofCode(final int code) {
        if (code < 0 || code >= COUNT) {
            throw new IllegalArgumentException("arm code=" + code + " not in 0.." + (COUNT - 1));
        }
        return BY_CODE[code];
    }
}

package io.t1.codec;

/** Ranges that the wire's integers hold. */
final class WireRange {
    private WireRange() {}

    static void uint16(final String name, final int value) {
        if (value < 0 || value > 0xFFFF) {
            throw new IllegalArgumentException(name + "=" + value + " not in 0..65535");
        }
    }

    static void uint8(final String name, final int value) {
        if (value < 0 || value > 0xFF) {
            throw new IllegalArgumentException(name + "=" + value + " not in 0..255");
        }
    }

    static void sha256(final String hex) {
        if (hex.length() != 64) {
            throw new IllegalArgumentException("sha256 length=" + hex.length() + " != 64 hexadecimal digits");
        }
    }
}

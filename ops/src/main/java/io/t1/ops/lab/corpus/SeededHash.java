package io.t1.ops.lab.corpus;

/**
 * A hash of a text under a seed: the lab's source of every choice about a method or a query, so that a choice doesn't
 * depend on what else is there or in which order.
 */
public final class SeededHash {
    private static final double UNIT = 0x1p-53;

    private SeededHash() {}

    /** FNV-1a over the UTF-16 units, then SplitMix64's finaliser (Steele, Lea and Flood 2014). */
    public static long of(final long seed, final String text) {
        long hash = 0xCBF29CE484222325L ^ mix(seed);
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001B3L;
        }
        return mix(hash);
    }

    /** The hash as a number in [0, 1). */
    public static double unit(final long seed, final String text) {
        return (of(seed, text) >>> 11) * UNIT;
    }

    private static long mix(final long value) {
        long mixed = value + 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}

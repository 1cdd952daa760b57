package io.t1.codec;

/**
 * A category, such as a language or a client's name, as the value of a feature: what a node puts in its row for it.
 *
 * <p>The value is the upper 22 bits of the CRC-32 (IEEE 802.3, as zlib's) of the category's UTF-8 bytes, a whole number
 * that float32 holds exactly. So it is the same for every table, says nothing of what spending gained, and needs nothing
 * but the text: a reload never changes what a node must send. A table declares its categories by having a knot at each
 * one's value, and one at {@link #OTHER}, on which its default code stands: NaN, and so every category that it doesn't
 * declare, counts as that.
 *
 * <p>Threading: any. Allocation: none.
 */
public final class CategoryValue {
    /** Of all categories that a table doesn't declare; above every category's value. */
    public static final float OTHER = 1 << 22;

    private static final int SHIFT = 10;
    private static final int POLYNOMIAL = 0xEDB88320;
    private static final int[] TABLE = table();

    private CategoryValue() {}

    /** The value of a category, 0 to 4,194,303. Half a surrogate pair counts as {@code ?}, as in Java's UTF-8. */
    public static float of(final CharSequence category) {
        int crc = -1;
        for (int i = 0, n = category.length(); i < n; i++) {
            int c = category.charAt(i);
            if (Character.isSurrogate((char) c)) {
                if (Character.isHighSurrogate((char) c)
                        && i + 1 < n
                        && Character.isLowSurrogate(category.charAt(i + 1))) {
                    c = Character.toCodePoint((char) c, category.charAt(++i));
                } else {
                    c = '?';
                }
            }
            crc = codePoint(crc, c);
        }
        return ~crc >>> SHIFT;
    }

    /**
     * A category's value as a table takes it: itself where it is one of the feature's knots, else NaN.
     *
     * @param knots of a feature with categories, ascending.
     */
    static float declared(final float[] knots, final float value) {
        for (final float knot : knots) {
            if (knot == value) {
                return value;
            }
        }
        return Float.NaN;
    }

    /** The code point's UTF-8, byte by byte. */
    private static int codePoint(final int crc, final int c) {
        if (c < 0x80) {
            return step(crc, c);
        }
        if (c < 0x800) {
            return following(step(crc, 0xC0 | (c >> 6)), c);
        }
        if (c < 0x10000) {
            return following(following(step(crc, 0xE0 | (c >> 12)), c >> 6), c);
        }
        return following(following(following(step(crc, 0xF0 | (c >> 18)), c >> 12), c >> 6), c);
    }

    private static int following(final int crc, final int sixBits) {
        return step(crc, 0x80 | (sixBits & 0x3F));
    }

    private static int step(final int crc, final int unsignedByte) {
        return TABLE[(crc ^ unsignedByte) & 0xFF] ^ (crc >>> 8);
    }

    private static int[] table() {
        final int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
            }
            table[i] = crc;
        }
        return table;
    }
}

package io.t1.router;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** The specification: finds the segment by halving, without a branch: see {@link FloatOrder}. */
final class ScalarQuantiser implements ColumnQuantiser {
    private final QuantiserSegments segments;

    ScalarQuantiser(final QuantiserSegments segments) {
        this.segments = segments;
    }

    @Override
    public void quantise(
            final int feature,
            final DirectBuffer values,
            final int at,
            final int step,
            final byte[] codes,
            final int from,
            final int count) {
        for (int q = 0; q < count; q++) {
            codes[from + q] = quantise(feature, values.getFloat(at + q * step, ByteOrder.LITTLE_ENDIAN));
        }
    }

    @Override
    public byte quantise(final int feature, final float x) {
        if (Float.isNaN(x)) {
            return segments.defaultCodes[feature];
        }
        final int[] keys = segments.keys;
        final int first = QuantiserSegments.SEGMENTS * feature;
        final long key = FloatOrder.key(x);
        // halving: the greatest s whose left knot is <= x, or 0
        int s = first;
        s += (int) FloatOrder.below(keys[s + 8], key) << 3;
        s += (int) FloatOrder.below(keys[s + 4], key) << 2;
        s += (int) FloatOrder.below(keys[s + 2], key) << 1;
        s += (int) FloatOrder.below(keys[s + 1], key);
        s -= first;
        return segments.code(feature, s, x);
    }
}

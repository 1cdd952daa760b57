package io.t1.router;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** The specification: finds the segment by halving. */
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
        final float[] left = segments.left;
        final int first = QuantiserSegments.SEGMENTS * feature;
        // halving: the greatest s whose left knot is <= x, or 0
        int s = first;
        s += left[s + 8] <= x ? 8 : 0;
        s += left[s + 4] <= x ? 4 : 0;
        s += left[s + 2] <= x ? 2 : 0;
        s += left[s + 1] <= x ? 1 : 0;
        s -= first;
        return segments.code(feature, s, x);
    }
}

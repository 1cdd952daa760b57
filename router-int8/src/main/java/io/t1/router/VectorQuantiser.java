package io.t1.router;

import java.nio.ByteOrder;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.agrona.DirectBuffer;

/**
 * Finds the segment by comparing x with all interior knots at once: in registers of 512, 256 or 128 bits, one, two or
 * four comparisons. Vectors lie along the knots, not the queries, so rows, columns and single values cost the same.
 *
 * <p>Loaded only once {@code jdk.incubator.vector} is known to be there.
 */
final class VectorQuantiser implements ColumnQuantiser {
    private static final VectorSpecies<Float> S512 = FloatVector.SPECIES_512;
    private static final VectorSpecies<Float> S256 = FloatVector.SPECIES_256;
    private static final VectorSpecies<Float> S128 = FloatVector.SPECIES_128;

    private final QuantiserSegments segments;
    private final float[] interior;
    private final int bits;

    /**
     * @param bits 128, 256 or 512.
     */
    VectorQuantiser(final QuantiserSegments segments, final int bits) {
        this.segments = segments;
        interior = segments.interior();
        this.bits = bits;
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
        final float[] interior = this.interior;
        final int first = QuantiserSegments.SEGMENTS * feature;
        final int s =
                switch (bits) {
                    case 512 -> notAbove512(interior, first, x);
                    case 256 -> notAbove256(interior, first, x);
                    default -> notAbove128(interior, first, x);
                };
        return segments.code(feature, s, x);
    }

    private static int notAbove512(final float[] knots, final int first, final float x) {
        return FloatVector.fromArray(S512, knots, first)
                .compare(VectorOperators.LE, x)
                .trueCount();
    }

    private static int notAbove256(final float[] knots, final int first, final float x) {
        return FloatVector.fromArray(S256, knots, first)
                        .compare(VectorOperators.LE, x)
                        .trueCount()
                + FloatVector.fromArray(S256, knots, first + 8)
                        .compare(VectorOperators.LE, x)
                        .trueCount();
    }

    private static int notAbove128(final float[] knots, final int first, final float x) {
        int count = 0;
        for (int i = first; i < first + QuantiserSegments.SEGMENTS; i += 4) {
            count += FloatVector.fromArray(S128, knots, i)
                    .compare(VectorOperators.LE, x)
                    .trueCount();
        }
        return count;
    }
}

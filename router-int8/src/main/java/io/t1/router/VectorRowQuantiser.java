package io.t1.router;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Quantises one row with a feature in each of eight lanes: fifteen comparisons find all eight segments, and what passes a
 * knot takes that knot and its segment's inverse width along. A dozen instructions a feature, and no branch but the one
 * for NaN.
 *
 * <p>Loaded only once {@code jdk.incubator.vector} is known to be there. Threading: any. Allocation: none once compiled by
 * C2.
 */
final class VectorRowQuantiser {
    /** Registers that it needs, in bits. */
    static final int BITS = 256;

    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_64;
    private static final int LANES = 8;
    private static final int SEGMENTS = QuantiserSegments.SEGMENTS;
    /** Knots of eight features. */
    private static final int GROUP = SEGMENTS * LANES;
    /** What a segment adds to the code. */
    private static final int STEP = 16;

    private final int features;
    private final byte[] defaultCodes;

    /** {@code left[128 * group + 8 * s + lane]}: the first knot of segment s of feature {@code 8 * group + lane}. */
    private final float[] left;

    /** The segments' inverse widths, in the same places. */
    private final float[] inverse;

    VectorRowQuantiser(final QuantiserSegments segments) {
        features = segments.defaultCodes.length;
        defaultCodes = segments.defaultCodes;
        final int groups = (features + LANES - 1) / LANES;
        left = new float[GROUP * groups];
        inverse = new float[GROUP * groups];
        for (int f = 0; f < features; f++) {
            for (int s = 0; s < SEGMENTS; s++) {
                final int at = GROUP * (f / LANES) + LANES * s + f % LANES;
                left[at] = segments.left[SEGMENTS * f + s];
                inverse[at] = segments.inverse[SEGMENTS * f + s];
            }
        }
    }

    /** Whether {@code codes} has room for whole registers. */
    boolean fits(final byte[] codes) {
        return codes.length >= left.length / SEGMENTS;
    }

    /**
     * Quantises one row.
     *
     * @param row at least as many as there are features.
     * @param codes of which eight are written for each eight features or part of eight.
     */
    void quantise(final float[] row, final byte[] codes) {
        for (int first = 0; first < features; first += LANES) {
            eight(row, codes, first);
        }
    }

    /**
     * Written out by fives on purpose: past 325 bytecodes C2 compiles a method apart instead of into its caller, where
     * vectors of a large caller would pass its inlining budget and become objects.
     */
    private void eight(final float[] row, final byte[] codes, final int first) {
        final float[] left = this.left;
        final float[] inverse = this.inverse;
        final int base = SEGMENTS * first;
        final FloatVector x = row.length - first >= LANES
                ? FloatVector.fromArray(FLOATS, row, first)
                : FloatVector.fromArray(FLOATS, row, first, FLOATS.indexInRange(first, row.length));
        FloatVector knot = FloatVector.fromArray(FLOATS, left, base);
        FloatVector width = FloatVector.fromArray(FLOATS, inverse, base);
        IntVector segment = IntVector.zero(INTS);
        for (int at = base + LANES; at < base + GROUP; at += 5 * LANES) { // three times: C2 unrolls that whole
            final FloatVector k0 = FloatVector.fromArray(FLOATS, left, at);
            final VectorMask<Float> passed0 = k0.compare(VectorOperators.LE, x);
            knot = knot.blend(k0, passed0);
            width = width.blend(FloatVector.fromArray(FLOATS, inverse, at), passed0);
            segment = segment.add(STEP, passed0.cast(INTS));
            final FloatVector k1 = FloatVector.fromArray(FLOATS, left, at + LANES);
            final VectorMask<Float> passed1 = k1.compare(VectorOperators.LE, x);
            knot = knot.blend(k1, passed1);
            width = width.blend(FloatVector.fromArray(FLOATS, inverse, at + LANES), passed1);
            segment = segment.add(STEP, passed1.cast(INTS));
            final FloatVector k2 = FloatVector.fromArray(FLOATS, left, at + 2 * LANES);
            final VectorMask<Float> passed2 = k2.compare(VectorOperators.LE, x);
            knot = knot.blend(k2, passed2);
            width = width.blend(FloatVector.fromArray(FLOATS, inverse, at + 2 * LANES), passed2);
            segment = segment.add(STEP, passed2.cast(INTS));
            final FloatVector k3 = FloatVector.fromArray(FLOATS, left, at + 3 * LANES);
            final VectorMask<Float> passed3 = k3.compare(VectorOperators.LE, x);
            knot = knot.blend(k3, passed3);
            width = width.blend(FloatVector.fromArray(FLOATS, inverse, at + 3 * LANES), passed3);
            segment = segment.add(STEP, passed3.cast(INTS));
            final FloatVector k4 = FloatVector.fromArray(FLOATS, left, at + 4 * LANES);
            final VectorMask<Float> passed4 = k4.compare(VectorOperators.LE, x);
            knot = knot.blend(k4, passed4);
            width = width.blend(FloatVector.fromArray(FLOATS, inverse, at + 4 * LANES), passed4);
            segment = segment.add(STEP, passed4.cast(INTS));
        }
        final IntVector r = ((IntVector) x.sub(knot).mul(width).convert(VectorOperators.F2I, 0))
                .max(0)
                .min(15);
        ((ByteVector) segment.add(r).convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(codes, first);
        if (x.test(VectorOperators.IS_NAN).anyTrue()) {
            replaceNaNs(row, codes, first);
        }
    }

    private void replaceNaNs(final float[] row, final byte[] codes, final int first) {
        for (int f = first; f < Math.min(features, first + LANES); f++) {
            if (Float.isNaN(row[f])) {
                codes[f] = defaultCodes[f];
            }
        }
    }
}

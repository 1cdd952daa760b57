package io.t1.router;

import java.util.Objects;
import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.agrona.DirectBuffer;

/**
 * Quantises a row with a feature in each of eight lanes: fifteen comparisons find all eight segments, and what passes a
 * knot takes that knot and its segment's inverse width along: in three chains of five, so that few wait for each other. A
 * dozen instructions a feature, and no branch but the one for NaN.
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
            eight(row, first, codes, first, first);
        }
    }

    /**
     * Quantises rows of little-endian float32.
     *
     * @param rows which the caller has proved to hold {@code 4 * features * count} bytes from {@code offset}.
     * @param codes filled feature by feature: {@code feature * stride + q}.
     */
    void quantise(
            final DirectBuffer rows,
            final int offset,
            final byte[] codes,
            final int stride,
            final int count,
            final QuantiserRoom room) {
        final int features = this.features;
        if (count == 1 && stride == 1 && fits(codes)) {
            room.take(rows, offset, features);
            for (int first = 0; first < features; first += LANES) {
                eight(room.values, first, codes, first, first);
            }
            return;
        }
        for (int q = 0; q < count; q += QuantiserRoom.ROWS) {
            final int some = Math.min(QuantiserRoom.ROWS, count - q);
            room.take(rows, offset + Float.BYTES * features * q, features * some);
            for (int first = 0; first < features; first += LANES) {
                for (int i = 0; i < some; i++) {
                    eight(room.values, features * i + first, room.codes, LANES * i, first);
                }
                final int width = Math.min(LANES, features - first);
                CodeTransposition.columns(room.codes, some, codes, first * stride + q, stride, width);
            }
        }
    }

    /**
     * Quantises the values from {@code from} on, of features from {@code first} on, to the codes from {@code to} on.
     *
     * <p>Written out on purpose: a loop's checks and its prologue cost as much as its body. Past 325 bytecodes C2 compiles a
     * method apart instead of into its caller, where vectors of a large caller would pass its inlining budget and become
     * objects.
     */
    private void eight(final float[] rows, final int from, final byte[] codes, final int to, final int first) {
        final float[] left = this.left;
        final float[] inverse = this.inverse;
        final int base = SEGMENTS * first;
        Objects.checkFromIndexSize(base, GROUP, left.length);
        Objects.checkFromIndexSize(base, GROUP, inverse.length);
        final FloatVector x = rows.length - from >= LANES
                ? FloatVector.fromArray(FLOATS, rows, from)
                : FloatVector.fromArray(FLOATS, rows, from, FLOATS.indexInRange(from, rows.length));
        FloatVector lowKnot = FloatVector.fromArray(FLOATS, left, base);
        FloatVector lowWidth = FloatVector.fromArray(FLOATS, inverse, base);
        IntVector low = IntVector.zero(INTS);
        FloatVector midKnot = FloatVector.fromArray(FLOATS, left, base + 5 * LANES);
        FloatVector midWidth = FloatVector.fromArray(FLOATS, inverse, base + 5 * LANES);
        IntVector mid = IntVector.broadcast(INTS, 5 * STEP);
        FloatVector highKnot = FloatVector.fromArray(FLOATS, left, base + 10 * LANES);
        FloatVector highWidth = FloatVector.fromArray(FLOATS, inverse, base + 10 * LANES);
        IntVector high = IntVector.broadcast(INTS, 10 * STEP);
        final FloatVector k1 = FloatVector.fromArray(FLOATS, left, base + LANES);
        final VectorMask<Float> passed1 = k1.compare(VectorOperators.LE, x);
        lowKnot = lowKnot.blend(k1, passed1);
        lowWidth = lowWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + LANES), passed1);
        low = low.add(STEP, passed1.cast(INTS));
        final FloatVector k6 = FloatVector.fromArray(FLOATS, left, base + 6 * LANES);
        final VectorMask<Float> passed6 = k6.compare(VectorOperators.LE, x);
        midKnot = midKnot.blend(k6, passed6);
        midWidth = midWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 6 * LANES), passed6);
        mid = mid.add(STEP, passed6.cast(INTS));
        final FloatVector k11 = FloatVector.fromArray(FLOATS, left, base + 11 * LANES);
        final VectorMask<Float> passed11 = k11.compare(VectorOperators.LE, x);
        highKnot = highKnot.blend(k11, passed11);
        highWidth = highWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 11 * LANES), passed11);
        high = high.add(STEP, passed11.cast(INTS));
        final FloatVector k2 = FloatVector.fromArray(FLOATS, left, base + 2 * LANES);
        final VectorMask<Float> passed2 = k2.compare(VectorOperators.LE, x);
        lowKnot = lowKnot.blend(k2, passed2);
        lowWidth = lowWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 2 * LANES), passed2);
        low = low.add(STEP, passed2.cast(INTS));
        final FloatVector k7 = FloatVector.fromArray(FLOATS, left, base + 7 * LANES);
        final VectorMask<Float> passed7 = k7.compare(VectorOperators.LE, x);
        midKnot = midKnot.blend(k7, passed7);
        midWidth = midWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 7 * LANES), passed7);
        mid = mid.add(STEP, passed7.cast(INTS));
        final FloatVector k12 = FloatVector.fromArray(FLOATS, left, base + 12 * LANES);
        final VectorMask<Float> passed12 = k12.compare(VectorOperators.LE, x);
        highKnot = highKnot.blend(k12, passed12);
        highWidth = highWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 12 * LANES), passed12);
        high = high.add(STEP, passed12.cast(INTS));
        final FloatVector k3 = FloatVector.fromArray(FLOATS, left, base + 3 * LANES);
        final VectorMask<Float> passed3 = k3.compare(VectorOperators.LE, x);
        lowKnot = lowKnot.blend(k3, passed3);
        lowWidth = lowWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 3 * LANES), passed3);
        low = low.add(STEP, passed3.cast(INTS));
        final FloatVector k8 = FloatVector.fromArray(FLOATS, left, base + 8 * LANES);
        final VectorMask<Float> passed8 = k8.compare(VectorOperators.LE, x);
        midKnot = midKnot.blend(k8, passed8);
        midWidth = midWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 8 * LANES), passed8);
        mid = mid.add(STEP, passed8.cast(INTS));
        final FloatVector k13 = FloatVector.fromArray(FLOATS, left, base + 13 * LANES);
        final VectorMask<Float> passed13 = k13.compare(VectorOperators.LE, x);
        highKnot = highKnot.blend(k13, passed13);
        highWidth = highWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 13 * LANES), passed13);
        high = high.add(STEP, passed13.cast(INTS));
        final FloatVector k4 = FloatVector.fromArray(FLOATS, left, base + 4 * LANES);
        final VectorMask<Float> passed4 = k4.compare(VectorOperators.LE, x);
        lowKnot = lowKnot.blend(k4, passed4);
        lowWidth = lowWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 4 * LANES), passed4);
        low = low.add(STEP, passed4.cast(INTS));
        final FloatVector k9 = FloatVector.fromArray(FLOATS, left, base + 9 * LANES);
        final VectorMask<Float> passed9 = k9.compare(VectorOperators.LE, x);
        midKnot = midKnot.blend(k9, passed9);
        midWidth = midWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 9 * LANES), passed9);
        mid = mid.add(STEP, passed9.cast(INTS));
        final FloatVector k14 = FloatVector.fromArray(FLOATS, left, base + 14 * LANES);
        final VectorMask<Float> passed14 = k14.compare(VectorOperators.LE, x);
        highKnot = highKnot.blend(k14, passed14);
        highWidth = highWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 14 * LANES), passed14);
        high = high.add(STEP, passed14.cast(INTS));
        final FloatVector k5 = FloatVector.fromArray(FLOATS, left, base + 5 * LANES);
        final VectorMask<Float> passed5 = k5.compare(VectorOperators.LE, x);
        lowKnot = lowKnot.blend(k5, passed5);
        lowWidth = lowWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 5 * LANES), passed5);
        low = low.add(STEP, passed5.cast(INTS));
        final FloatVector k10 = FloatVector.fromArray(FLOATS, left, base + 10 * LANES);
        final VectorMask<Float> passed10 = k10.compare(VectorOperators.LE, x);
        midKnot = midKnot.blend(k10, passed10);
        midWidth = midWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 10 * LANES), passed10);
        mid = mid.add(STEP, passed10.cast(INTS));
        final FloatVector k15 = FloatVector.fromArray(FLOATS, left, base + 15 * LANES);
        final VectorMask<Float> passed15 = k15.compare(VectorOperators.LE, x);
        highKnot = highKnot.blend(k15, passed15);
        highWidth = highWidth.blend(FloatVector.fromArray(FLOATS, inverse, base + 15 * LANES), passed15);
        high = high.add(STEP, passed15.cast(INTS));
        // a later third counts once its first knot is passed: then all of the one before are
        final VectorMask<Float> inMid = passed6;
        final VectorMask<Float> inHigh = passed11;
        final FloatVector knot = lowKnot.blend(midKnot, inMid).blend(highKnot, inHigh);
        final FloatVector width = lowWidth.blend(midWidth, inMid).blend(highWidth, inHigh);
        final IntVector segment = low.blend(mid, inMid.cast(INTS)).blend(high, inHigh.cast(INTS));
        final IntVector r = ((IntVector) x.sub(knot).mul(width).convert(VectorOperators.F2I, 0))
                .max(0)
                .min(15);
        ((ByteVector) segment.add(r).convertShape(VectorOperators.I2B, BYTES, 0)).intoArray(codes, to);
        if (x.test(VectorOperators.IS_NAN).anyTrue()) {
            replaceNaNs(rows, from, codes, to, first);
        }
    }

    private void replaceNaNs(final float[] rows, final int from, final byte[] codes, final int to, final int first) {
        for (int lane = 0; lane < Math.min(LANES, features - first); lane++) {
            if (Float.isNaN(rows[from + lane])) {
                codes[to + lane] = defaultCodes[first + lane];
            }
        }
    }
}

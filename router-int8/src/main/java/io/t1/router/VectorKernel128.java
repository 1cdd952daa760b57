package io.t1.router;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 128-bit registers: 16 queries as bytes, then 8 and 8 as the even and odd bytes of 16-bit lanes.
 *
 * <p>Codes are put in order so that even bytes are queries 0 to 7 and odd ones 8 to 15: widening a half is then one or
 * two shifts in place. A piece is {@code 16 * kl + r * (kr - kl)}; sixteen of them stay within int16.
 */
final class VectorKernel128 extends VectorKernel {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    private static final int LANES = 16;
    private static final int HALF = 8;
    private static final int INTS = 4;

    /** Byte {@code 2 * i} is query {@code i}, byte {@code 2 * i + 1} query {@code 8 + i}. */
    private static final byte[] SPLIT = VectorTables.split(LANES);

    /** Puts lane {@code i} and lane {@code 4 + i} side by side: the two halves of int lane {@code i}. */
    private static final short[] ZIP = VectorTables.zip(HALF);

    /** {@code knots[32 * (features * o + f)]}: 16 left knots, then 16 right ones. */
    private final byte[] knots;

    VectorKernel128(final RouterTable table) {
        super(table, LANES);
        knots = VectorTables.leftAndRight(table);
    }

    @Override
    void fourOutputs(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        for (int o = 0; o < FIRST_OUTPUTS; o++) {
            oneOutput(codes, accumulators, stride, q, o);
        }
    }

    @Override
    void fifthOutput(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        oneOutput(codes, accumulators, stride, q, FIRST_OUTPUTS);
    }

    private void oneOutput(final byte[] codes, final int[] accumulators, final int stride, final int q, final int o) {
        final byte[] knots = this.knots;
        final int first = 32 * features * o;
        final ByteVector split = ByteVector.fromArray(BYTES, SPLIT, 0);
        ShortVector even = ShortVector.zero(SHORTS);
        ShortVector odd = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ByteVector code = split.selectFrom(ByteVector.fromArray(BYTES, codes, f * stride + q));
            final ByteVector s = code.lanewise(VectorOperators.LSHR, 4);
            final ShortVector r = code.and((byte) 15).reinterpretAsShorts();
            final ShortVector kl = s.selectFrom(ByteVector.fromArray(BYTES, knots, first + 32 * f))
                    .reinterpretAsShorts();
            final ShortVector kr = s.selectFrom(ByteVector.fromArray(BYTES, knots, first + 32 * f + 16))
                    .reinterpretAsShorts();
            final ShortVector evenLeft = kl.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
            final ShortVector evenRight = kr.lanewise(VectorOperators.LSHL, 8).lanewise(VectorOperators.ASHR, 8);
            even = evenLeft.lanewise(VectorOperators.LSHL, 4)
                    .add(evenRight.sub(evenLeft).mul(r.and((short) 15)))
                    .add(even);
            final ShortVector oddLeft = kl.lanewise(VectorOperators.ASHR, 8);
            final ShortVector oddRight = kr.lanewise(VectorOperators.ASHR, 8);
            odd = oddLeft.lanewise(VectorOperators.LSHL, 4)
                    .add(oddRight.sub(oddLeft).mul(r.lanewise(VectorOperators.LSHR, 8)))
                    .add(odd);
        }
        final int at = o * stride + q;
        final int bias = biases[o];
        final ShortVector zip = ShortVector.fromArray(SHORTS, ZIP, 0);
        final IntVector low = zip.selectFrom(even).reinterpretAsInts();
        low.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(bias)
                .intoArray(accumulators, at);
        low.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(bias)
                .intoArray(accumulators, at + INTS);
        final IntVector high = zip.selectFrom(odd).reinterpretAsInts();
        high.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(bias)
                .intoArray(accumulators, at + HALF);
        high.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(bias)
                .intoArray(accumulators, at + HALF + INTS);
    }
}

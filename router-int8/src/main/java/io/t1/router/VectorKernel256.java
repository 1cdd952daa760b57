package io.t1.router;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 256-bit registers: 16 queries as bytes for the shuffles and as 16-bit lanes for the sums.
 *
 * <p>A piece is {@code 16 * kl + r * (kr - kl)} with the left and right knots {@code kl = k[s]}, {@code kr = k[s+1]},
 * picked by in-register shuffles of 16 bytes and widened. Left knots are summed apart, and shifted once at the end:
 * sixteen of them stay within 2^11, sixteen pieces within int16.
 */
final class VectorKernel256 extends VectorKernel {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_128;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_256;
    private static final int LANES = 16;
    private static final int INTS = 8;

    /** Puts lane {@code i} and lane {@code 8 + i} side by side: the two halves of int lane {@code i}. */
    private static final short[] ZIP = VectorTables.zip(LANES);

    /** {@code knots[32 * (features * o + f)]}: 16 left knots, then 16 right ones. */
    private final byte[] knots;

    VectorKernel256(final RouterTable table) {
        super(table, LANES);
        knots = VectorTables.leftAndRight(table);
    }

    @Override
    void fourOutputs(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        twoOutputs(codes, accumulators, stride, q, 0);
        twoOutputs(codes, accumulators, stride, q, 2);
    }

    private void twoOutputs(final byte[] codes, final int[] accumulators, final int stride, final int q, final int o) {
        final byte[] knots = this.knots;
        final int first = 32 * features * o;
        final int second = first + 32 * features;
        ShortVector aLeft = ShortVector.zero(SHORTS);
        ShortVector aSum = ShortVector.zero(SHORTS);
        ShortVector bLeft = ShortVector.zero(SHORTS);
        ShortVector bSum = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ByteVector code = ByteVector.fromArray(BYTES, codes, f * stride + q);
            final ByteVector s = code.lanewise(VectorOperators.LSHR, 4);
            final ShortVector r = (ShortVector) code.and((byte) 15).convertShape(VectorOperators.B2S, SHORTS, 0);
            final ShortVector al = (ShortVector) s.selectFrom(ByteVector.fromArray(BYTES, knots, first + 32 * f))
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
            final ShortVector ar = (ShortVector) s.selectFrom(ByteVector.fromArray(BYTES, knots, first + 32 * f + 16))
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
            aLeft = al.add(aLeft);
            aSum = ar.sub(al).mul(r).add(aSum);
            final ShortVector bl = (ShortVector) s.selectFrom(ByteVector.fromArray(BYTES, knots, second + 32 * f))
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
            final ShortVector br = (ShortVector) s.selectFrom(ByteVector.fromArray(BYTES, knots, second + 32 * f + 16))
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
            bLeft = bl.add(bLeft);
            bSum = br.sub(bl).mul(r).add(bSum);
        }
        final ShortVector zip = ShortVector.fromArray(SHORTS, ZIP, 0);
        final IntVector aBoth = zip.selectFrom(
                        aLeft.lanewise(VectorOperators.LSHL, 4).add(aSum))
                .reinterpretAsInts();
        aBoth.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[o])
                .intoArray(accumulators, o * stride + q);
        aBoth.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[o])
                .intoArray(accumulators, o * stride + q + INTS);
        final IntVector bBoth = zip.selectFrom(
                        bLeft.lanewise(VectorOperators.LSHL, 4).add(bSum))
                .reinterpretAsInts();
        bBoth.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[o + 1])
                .intoArray(accumulators, (o + 1) * stride + q);
        bBoth.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[o + 1])
                .intoArray(accumulators, (o + 1) * stride + q + INTS);
    }

    @Override
    void fifthOutput(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final byte[] knots = this.knots;
        final int first = 4 * 32 * features;
        ShortVector left = ShortVector.zero(SHORTS);
        ShortVector sum = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ByteVector code = ByteVector.fromArray(BYTES, codes, f * stride + q);
            final ByteVector s = code.lanewise(VectorOperators.LSHR, 4);
            final ShortVector r = (ShortVector) code.and((byte) 15).convertShape(VectorOperators.B2S, SHORTS, 0);
            final ShortVector kl = (ShortVector) s.selectFrom(ByteVector.fromArray(BYTES, knots, first + 32 * f))
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
            final ShortVector kr = (ShortVector) s.selectFrom(ByteVector.fromArray(BYTES, knots, first + 32 * f + 16))
                    .convertShape(VectorOperators.B2S, SHORTS, 0);
            left = kl.add(left);
            sum = kr.sub(kl).mul(r).add(sum);
        }
        final IntVector both = ShortVector.fromArray(SHORTS, ZIP, 0)
                .selectFrom(left.lanewise(VectorOperators.LSHL, 4).add(sum))
                .reinterpretAsInts();
        both.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[4])
                .intoArray(accumulators, 4 * stride + q);
        both.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[4])
                .intoArray(accumulators, 4 * stride + q + INTS);
    }
}

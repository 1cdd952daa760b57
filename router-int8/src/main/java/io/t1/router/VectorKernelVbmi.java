package io.t1.router;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 512-bit registers whose bytes can be shuffled in one step (AVX-512 VBMI).
 *
 * <p>A shuffle of 16-bit lanes takes the processor two steps on its one shuffling port, a shuffle of bytes one: so a lane's
 * two bytes are picked apart, at {@code 2 * s} and {@code 2 * s + 1}. Codes are put into both bytes of their lane by one
 * shuffle too, in an order that leaves queries 0 to 15 in the lower and 16 to 31 in the upper halves of 32-bit lanes.
 *
 * <p>Such a lane is 257 times its code {@code c}. So a slope is kept as the number that times 257 is the slope, modulo
 * 2^16, and a base less by {@code 16 * s} slopes: {@code base' + slope' * lane} is {@code base + slope * r} without {@code r}
 * ever being taken from the code.
 */
final class VectorKernelVbmi extends VectorKernel512 {
    private static final VectorSpecies<Byte> CODES = ByteVector.SPECIES_256;
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_512;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final int LANES = 32;
    private static final int INTS = 16;
    /** A table: 16 bases, 16 slopes, in bytes. */
    private static final int TABLE = 64;

    private static final int STEP = FIRST_OUTPUTS * TABLE;
    /**
     * The segment, doubled, from a code shifted by three: in both bytes of a lane, and none of what a shift of 32-bit
     * lanes, one instruction where one of 16-bit lanes is two, brings in from the next.
     */
    private static final short SEGMENT = 0x1E1E;
    /** The upper byte of an entry lies beside the lower one. */
    private static final short UPPER = 0x0100;

    private static final int SEGMENTS = 16;
    /** 257 times this is 1 modulo 2^16. */
    private static final short INVERSE_OF_TWICE = -255;

    /** Slopes lie 32 bytes above bases. */
    private static final short SLOPE = 0x2020;

    /** Byte {@code 2 * i} and {@code 2 * i + 1} come from query {@code i / 2 + 16 * (i % 2)}. */
    private static final byte[] SPREAD = VectorTables.spread(LANES);

    /** The tables of {@link VectorTables#basesAndSlopes} as little-endian bytes. */
    private final byte[] tables;

    VectorKernelVbmi(final RouterTable table) {
        super(table);
        final short[] lanes = VectorTables.basesAndSlopes(table);
        for (int at = 0; at < lanes.length; at++) {
            final int segment = at % SEGMENTS;
            if (at % (2 * SEGMENTS) < SEGMENTS) {
                lanes[at] -= (short) (SEGMENTS * segment * lanes[at + SEGMENTS]);
            } else {
                lanes[at] *= INVERSE_OF_TWICE;
            }
        }
        tables = VectorTables.bytes(lanes);
    }

    @Override
    void fourOutputs(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final byte[] tables = this.tables;
        final ByteVector spread = ByteVector.fromArray(BYTES, SPREAD, 0);
        ShortVector sum0 = ShortVector.zero(SHORTS);
        ShortVector sum1 = ShortVector.zero(SHORTS);
        ShortVector sum2 = ShortVector.zero(SHORTS);
        ShortVector sum3 = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ShortVector code = spread.selectFrom((ByteVector)
                            ByteVector.fromArray(CODES, codes, f * stride + q).reinterpretShape(BYTES, 0))
                    .reinterpretAsShorts();
            final ShortVector at = code.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHR, 3)
                    .reinterpretAsShorts()
                    .and(SEGMENT)
                    .or(UPPER);
            final ByteVector bases = at.reinterpretAsBytes();
            final ByteVector slopes = at.or(SLOPE).reinterpretAsBytes();
            final ByteVector k0 = ByteVector.fromArray(BYTES, tables, STEP * f);
            sum0 = bases.selectFrom(k0)
                    .reinterpretAsShorts()
                    .add(slopes.selectFrom(k0).reinterpretAsShorts().mul(code))
                    .add(sum0);
            final ByteVector k1 = ByteVector.fromArray(BYTES, tables, STEP * f + TABLE);
            sum1 = bases.selectFrom(k1)
                    .reinterpretAsShorts()
                    .add(slopes.selectFrom(k1).reinterpretAsShorts().mul(code))
                    .add(sum1);
            final ByteVector k2 = ByteVector.fromArray(BYTES, tables, STEP * f + 2 * TABLE);
            sum2 = bases.selectFrom(k2)
                    .reinterpretAsShorts()
                    .add(slopes.selectFrom(k2).reinterpretAsShorts().mul(code))
                    .add(sum2);
            final ByteVector k3 = ByteVector.fromArray(BYTES, tables, STEP * f + 3 * TABLE);
            sum3 = bases.selectFrom(k3)
                    .reinterpretAsShorts()
                    .add(slopes.selectFrom(k3).reinterpretAsShorts().mul(code))
                    .add(sum3);
        }
        final IntVector both0 = sum0.reinterpretAsInts();
        both0.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[0])
                .intoArray(accumulators, q);
        both0.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[0])
                .intoArray(accumulators, q + INTS);
        final IntVector both1 = sum1.reinterpretAsInts();
        both1.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[1])
                .intoArray(accumulators, stride + q);
        both1.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[1])
                .intoArray(accumulators, stride + q + INTS);
        final IntVector both2 = sum2.reinterpretAsInts();
        both2.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[2])
                .intoArray(accumulators, 2 * stride + q);
        both2.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[2])
                .intoArray(accumulators, 2 * stride + q + INTS);
        final IntVector both3 = sum3.reinterpretAsInts();
        both3.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[3])
                .intoArray(accumulators, 3 * stride + q);
        both3.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[3])
                .intoArray(accumulators, 3 * stride + q + INTS);
    }

    @Override
    void fifthOutput(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final byte[] tables = this.tables;
        final int first = STEP * features;
        final ByteVector spread = ByteVector.fromArray(BYTES, SPREAD, 0);
        ShortVector sum = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ShortVector code = spread.selectFrom((ByteVector)
                            ByteVector.fromArray(CODES, codes, f * stride + q).reinterpretShape(BYTES, 0))
                    .reinterpretAsShorts();
            final ShortVector at = code.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHR, 3)
                    .reinterpretAsShorts()
                    .and(SEGMENT)
                    .or(UPPER);
            final ByteVector k = ByteVector.fromArray(BYTES, tables, first + TABLE * f);
            final ByteVector slopes = at.or(SLOPE).reinterpretAsBytes().selectFrom(k);
            sum = at.reinterpretAsBytes()
                    .selectFrom(k)
                    .reinterpretAsShorts()
                    .add(slopes.reinterpretAsShorts().mul(code))
                    .add(sum);
        }
        final IntVector both = sum.reinterpretAsInts();
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

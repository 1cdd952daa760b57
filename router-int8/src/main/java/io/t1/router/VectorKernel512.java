package io.t1.router;

import jdk.incubator.vector.ByteVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * 512-bit registers: 32 queries as 16-bit lanes.
 *
 * <p>A piece is {@code 16 * k[s] + r * (k[s+1] - k[s])}. One register holds both tables of a feature and an output: 16
 * bases, then 16 slopes; two in-register shuffles pick from it. Sixteen pieces stay within int16.
 */
sealed class VectorKernel512 extends VectorKernel permits VectorKernelVbmi {
    private static final VectorSpecies<Byte> BYTES = ByteVector.SPECIES_256;
    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_512;
    private static final VectorSpecies<Integer> INT_SPECIES = IntVector.SPECIES_512;
    private static final int LANES = 32;
    private static final int INTS = 16;

    /** Cells of a pair's grid: what two registers hold. */
    private static final int CELLS = 64;

    /** A feature's tables of the first four outputs. */
    private static final int STEP = FIRST_OUTPUTS * LANES;

    /** Puts lane {@code i} and lane {@code 16 + i} side by side: the two halves of int lane {@code i}. */
    private static final short[] ZIP = VectorTables.zip(LANES);

    /** {@code tables[32 * (4 * f + o)]}, then those of the fifth output, {@code [32 * (4 * features + f)]}. */
    private final short[] tables;

    /** {@code edges[128 * (outputs * pair + o)]}: see {@link VectorTables#cellEdges}. */
    private final short[] edges;

    /** The codes' places of each pair's features, in units of the stride. */
    private final int[] pairFeatures;

    VectorKernel512(final RouterTable table) {
        super(table, LANES);
        edges = VectorTables.cellEdges(table);
        pairFeatures = VectorTables.pairFeatures(table);
        tables = VectorTables.basesAndSlopes(table);
    }

    @Override
    void fourOutputs(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final short[] tables = this.tables;
        ShortVector sum0 = ShortVector.zero(SHORTS);
        ShortVector sum1 = ShortVector.zero(SHORTS);
        ShortVector sum2 = ShortVector.zero(SHORTS);
        ShortVector sum3 = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ShortVector code = (ShortVector) ByteVector.fromArray(BYTES, codes, f * stride + q)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            final ShortVector s = code.lanewise(VectorOperators.LSHR, 4);
            final ShortVector slope = s.or((short) 16);
            final ShortVector r = code.and((short) 15);
            final ShortVector k0 = ShortVector.fromArray(SHORTS, tables, STEP * f);
            sum0 = s.selectFrom(k0).add(slope.selectFrom(k0).mul(r)).add(sum0);
            final ShortVector k1 = ShortVector.fromArray(SHORTS, tables, STEP * f + LANES);
            sum1 = s.selectFrom(k1).add(slope.selectFrom(k1).mul(r)).add(sum1);
            final ShortVector k2 = ShortVector.fromArray(SHORTS, tables, STEP * f + 2 * LANES);
            sum2 = s.selectFrom(k2).add(slope.selectFrom(k2).mul(r)).add(sum2);
            final ShortVector k3 = ShortVector.fromArray(SHORTS, tables, STEP * f + 3 * LANES);
            sum3 = s.selectFrom(k3).add(slope.selectFrom(k3).mul(r)).add(sum3);
        }
        final ShortVector zip = ShortVector.fromArray(SHORTS, ZIP, 0);
        final IntVector both0 = zip.selectFrom(sum0).reinterpretAsInts();
        both0.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[0])
                .intoArray(accumulators, q);
        both0.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[0])
                .intoArray(accumulators, q + INTS);
        final IntVector both1 = zip.selectFrom(sum1).reinterpretAsInts();
        both1.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[1])
                .intoArray(accumulators, stride + q);
        both1.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[1])
                .intoArray(accumulators, stride + q + INTS);
        final IntVector both2 = zip.selectFrom(sum2).reinterpretAsInts();
        both2.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[2])
                .intoArray(accumulators, 2 * stride + q);
        both2.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[2])
                .intoArray(accumulators, 2 * stride + q + INTS);
        final IntVector both3 = zip.selectFrom(sum3).reinterpretAsInts();
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
        final short[] tables = this.tables;
        final int first = STEP * features;
        ShortVector sum = ShortVector.zero(SHORTS);
        for (int f = 0; f < features; f++) {
            final ShortVector code = (ShortVector) ByteVector.fromArray(BYTES, codes, f * stride + q)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            final ShortVector s = code.lanewise(VectorOperators.LSHR, 4);
            final ShortVector k = ShortVector.fromArray(SHORTS, tables, first + LANES * f);
            final ShortVector slopes = s.or((short) 16).selectFrom(k);
            sum = s.selectFrom(k).add(slopes.mul(code.and((short) 15))).add(sum);
        }
        final IntVector both =
                ShortVector.fromArray(SHORTS, ZIP, 0).selectFrom(sum).reinterpretAsInts();
        both.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 10)
                .add(biases[4])
                .intoArray(accumulators, 4 * stride + q);
        both.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 6)
                .add(biases[4])
                .intoArray(accumulators, 4 * stride + q + INTS);
    }

    /**
     * In a cell with edges {@code (a, b)} above and {@code (c, d)} below, {@code t = 32 * a + R_g * (b - a)},
     * {@code u = 32 * c + R_g * (d - c)} and {@code q = 32 * t + R_f * (u - t)}. To stay in int16, {@code u - t} is split
     * into {@code 64 * high + low}: over eight pairs the sums of {@code t}, {@code R_f * high} and {@code R_f * low} are
     * within 8 * 4,096, 8 * 31 * 128 and 8 * 31 * 63.
     */
    @Override
    void addPairs(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        for (int o = 0; o < outputs; o++) {
            addPairs(codes, accumulators, stride, q, o);
        }
    }

    private void addPairs(final byte[] codes, final int[] accumulators, final int stride, final int q, final int o) {
        ShortVector upper = ShortVector.zero(SHORTS);
        ShortVector high = ShortVector.zero(SHORTS);
        ShortVector low = ShortVector.zero(SHORTS);
        for (int p = 0; p < pairs; p++) {
            final ShortVector first = (ShortVector) ByteVector.fromArray(BYTES, codes, pairFeatures[2 * p] * stride + q)
                    .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            final ShortVector second =
                    (ShortVector) ByteVector.fromArray(BYTES, codes, pairFeatures[2 * p + 1] * stride + q)
                            .convertShape(VectorOperators.ZERO_EXTEND_B2S, SHORTS, 0);
            final ShortVector cell = first.lanewise(VectorOperators.LSHR, 5)
                    .lanewise(VectorOperators.LSHL, 3)
                    .or(second.lanewise(VectorOperators.LSHR, 5));
            final ShortVector rf = first.and((short) 31);
            final ShortVector rg = second.and((short) 31);
            final int at = 2 * CELLS * (outputs * p + o);
            final ShortVector ab = cell.selectFrom(
                    ShortVector.fromArray(SHORTS, edges, at), ShortVector.fromArray(SHORTS, edges, at + LANES));
            final ShortVector cd = cell.selectFrom(
                    ShortVector.fromArray(SHORTS, edges, at + CELLS),
                    ShortVector.fromArray(SHORTS, edges, at + CELLS + LANES));
            final ShortVector a = ab.lanewise(VectorOperators.LSHL, 8);
            final ShortVector t = ab.lanewise(VectorOperators.ASHR, 8)
                    .sub(a.lanewise(VectorOperators.ASHR, 8))
                    .mul(rg)
                    .add(a.lanewise(VectorOperators.ASHR, 3));
            final ShortVector c = cd.lanewise(VectorOperators.LSHL, 8);
            final ShortVector u = cd.lanewise(VectorOperators.ASHR, 8)
                    .sub(c.lanewise(VectorOperators.ASHR, 8))
                    .mul(rg)
                    .add(c.lanewise(VectorOperators.ASHR, 3));
            final ShortVector d = u.sub(t);
            upper = t.add(upper);
            high = d.lanewise(VectorOperators.ASHR, 6).mul(rf).add(high);
            low = d.and((short) 63).mul(rf).add(low);
        }
        final ShortVector zip = ShortVector.fromArray(SHORTS, ZIP, 0);
        final IntVector t = zip.selectFrom(upper).reinterpretAsInts();
        final IntVector h = zip.selectFrom(high).reinterpretAsInts();
        final IntVector l = zip.selectFrom(low).reinterpretAsInts();
        final int at = o * stride + q;
        t.lanewise(VectorOperators.LSHL, 16)
                .lanewise(VectorOperators.ASHR, 11)
                .add(h.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 10))
                .add(l.lanewise(VectorOperators.LSHL, 16).lanewise(VectorOperators.ASHR, 16))
                .add(IntVector.fromArray(INT_SPECIES, accumulators, at))
                .intoArray(accumulators, at);
        t.lanewise(VectorOperators.ASHR, 16)
                .lanewise(VectorOperators.LSHL, 5)
                .add(h.lanewise(VectorOperators.ASHR, 16).lanewise(VectorOperators.LSHL, 6))
                .add(l.lanewise(VectorOperators.ASHR, 16))
                .add(IntVector.fromArray(INT_SPECIES, accumulators, at + INTS))
                .intoArray(accumulators, at + INTS);
    }
}

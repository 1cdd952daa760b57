package io.t1.router;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * An output in each of eight lanes: a feature costs two loads of eight knots and one multiplication for all outputs.
 *
 * <p>Left knots are summed apart and shifted once at the end: sixteen of them stay within 2^11, sixteen pieces within
 * int16. A pair is interpolated along its columns in int16 (32 * 128 = 2^12), then along its rows in int32.
 *
 * <p>Loaded only once {@code jdk.incubator.vector} is known to be there. Threading: any. Allocation: none once compiled by
 * C2. Keeps 272 bytes a feature and 1.3 KiB a pair on the heap.
 */
final class VectorOneQueryKernel implements OneQueryKernel {
    /** Registers that it needs, in bits. */
    static final int BITS = 256;

    private static final VectorSpecies<Short> SHORTS = ShortVector.SPECIES_128;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_256;
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_256;
    private static final int LANES = OneQueryKernel.ROOM;
    private static final int KNOTS = RouterTableDescriptor.KNOTS;
    private static final int CELLS = RouterTableDescriptor.CELLS;
    private static final int LINE = LANES * RouterTableDescriptor.LINES;

    private final int features;
    private final int pairs;
    /** {@code knots[8 * (17 * f + knot) + o]}. */
    private final short[] knots;
    /** {@code grids[8 * (81 * pair + cell) + o]}. */
    private final short[] grids;

    private final int[] pairFeatures;
    private final int[] biases = new int[LANES];
    private final float[] offsets = new float[LANES];
    private final float[] scales = new float[LANES];
    private final float[] los = new float[LANES];
    private final float[] his = new float[LANES];

    VectorOneQueryKernel(final RouterTable table) {
        features = table.features();
        pairs = table.pairs();
        knots = new short[LANES * KNOTS * features];
        grids = new short[LANES * CELLS * pairs];
        pairFeatures = VectorTables.pairFeatures(table);
        for (int o = 0; o < table.outputs(); o++) {
            biases[o] = table.bias(o);
            offsets[o] = table.offset(o);
            scales[o] = table.scale(o);
            los[o] = table.lo(o);
            his[o] = table.hi(o);
            for (int f = 0; f < features; f++) {
                for (int knot = 0; knot < KNOTS; knot++) {
                    knots[LANES * (KNOTS * f + knot) + o] = (short) table.value(f, o, knot);
                }
            }
            for (int p = 0; p < pairs; p++) {
                for (int cell = 0; cell < CELLS; cell++) {
                    grids[LANES * (CELLS * p + cell) + o] = (short) table.gridValue(p, o, cell);
                }
            }
        }
    }

    @Override
    public void compute(final byte[] codes, final int[] accumulators, final float[] outputs) {
        final short[] knots = this.knots;
        ShortVector lefts = ShortVector.zero(SHORTS);
        ShortVector rises = ShortVector.zero(SHORTS);
        for (int f = 0, row = 0; f < features; f++, row += LANES * KNOTS) {
            final int code = codes[f];
            final int at = row + (code >> 1 & LANES * 15);
            final ShortVector left = ShortVector.fromArray(SHORTS, knots, at);
            final ShortVector right = ShortVector.fromArray(SHORTS, knots, at + LANES);
            lefts = lefts.add(left);
            rises = rises.add(right.sub(left).mul((short) (code & 15)));
        }
        IntVector sum = ((IntVector)
                        lefts.lanewise(VectorOperators.LSHL, 4).add(rises).convertShape(VectorOperators.S2I, INTS, 0))
                .lanewise(VectorOperators.LSHL, 6)
                .add(IntVector.fromArray(INTS, biases, 0));
        for (int p = 0; p < pairs; p++) {
            final int first = codes[pairFeatures[2 * p]];
            final int second = codes[pairFeatures[2 * p + 1]];
            final int at = LANES * CELLS * p + LINE * (first >> 5 & 7) + LANES * (second >> 5 & 7);
            final short column = (short) (second & 31);
            final ShortVector a = ShortVector.fromArray(SHORTS, grids, at);
            final ShortVector b = ShortVector.fromArray(SHORTS, grids, at + LANES);
            final ShortVector c = ShortVector.fromArray(SHORTS, grids, at + LINE);
            final ShortVector d = ShortVector.fromArray(SHORTS, grids, at + LINE + LANES);
            final IntVector upper = (IntVector) a.lanewise(VectorOperators.LSHL, 5)
                    .add(b.sub(a).mul(column))
                    .convertShape(VectorOperators.S2I, INTS, 0);
            final IntVector lower = (IntVector) c.lanewise(VectorOperators.LSHL, 5)
                    .add(d.sub(c).mul(column))
                    .convertShape(VectorOperators.S2I, INTS, 0);
            sum = sum.add(upper.lanewise(VectorOperators.LSHL, 5))
                    .add(lower.sub(upper).mul(first & 31));
        }
        final FloatVector y = ((FloatVector) sum.convert(VectorOperators.I2F, 0))
                .mul(FloatVector.fromArray(FLOATS, scales, 0))
                .add(FloatVector.fromArray(FLOATS, offsets, 0));
        final FloatVector lo = FloatVector.fromArray(FLOATS, los, 0);
        final FloatVector hi = FloatVector.fromArray(FLOATS, his, 0);
        // not max and min: y is no NaN and neither of them is -0.0, and what these add for such costs a dozen cycles
        y.blend(lo, y.lt(lo)).blend(hi, hi.lt(y)).intoArray(outputs, 0);
    }
}

package io.t1.router;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.ShortVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShuffle;
import jdk.incubator.vector.VectorSpecies;

/**
 * An output in each of eight lanes. Two neighbouring knots of all outputs lie side by side, so a feature costs one load of
 * both, one of the weights {@code 16 - r} and {@code r} that they get, one multiplication and one addition.
 *
 * <p>What left knots come to is summed apart from what right ones do, and added at the end: sixteen of either stay within
 * 2^15, and so does their sum. A pair is interpolated along its columns in int16 (32 * 128 = 2^12), then along its rows in
 * int32.
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
    /** Knots of a feature. */
    private static final int ROW = LANES * KNOTS;
    /** Features that are summed in one step: their loads don't wait for each other. */
    private static final int STEP = 4;

    private static final VectorSpecies<Short> BOTH = ShortVector.SPECIES_256;
    private static final VectorShuffle<Long> SWAP =
            VectorShuffle.fromArray(LongVector.SPECIES_256, new int[] {2, 3, 0, 1}, 0);
    /** {@code WEIGHTS[16 * r + i]}: what the knots of lanes i get, eight left ones, then eight right ones. */
    private static final short[] WEIGHTS = weights();

    /** From a code shifted right by one to its left knot's place in a row. */
    private static final int LEFT = 15 * LANES;
    /** From a code shifted left by four to its weights. */
    private static final int WEIGHT = 15 << 4;

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

    private static short[] weights() {
        final short[] weights = new short[16 * 2 * LANES];
        for (int r = 0; r < 16; r++) {
            Arrays.fill(weights, 2 * LANES * r, 2 * LANES * r + LANES, (short) (16 - r));
            Arrays.fill(weights, 2 * LANES * r + LANES, 2 * LANES * (r + 1), (short) r);
        }
        return weights;
    }

    @Override
    public void compute(final byte[] codes, final int[] accumulators, final float[] outputs) {
        final short[] knots = this.knots;
        final short[] weights = WEIGHTS;
        ShortVector both = ShortVector.zero(BOTH);
        int f = 0;
        int row = 0;
        for (; f <= features - STEP; f += STEP, row += STEP * ROW) {
            final int c0 = codes[f];
            final int c1 = codes[f + 1];
            final int c2 = codes[f + 2];
            final int c3 = codes[f + 3];
            final ShortVector p0 = ShortVector.fromArray(BOTH, knots, row + (c0 >> 1 & LEFT))
                    .mul(ShortVector.fromArray(BOTH, weights, c0 << 4 & WEIGHT));
            final ShortVector p1 = ShortVector.fromArray(BOTH, knots, row + ROW + (c1 >> 1 & LEFT))
                    .mul(ShortVector.fromArray(BOTH, weights, c1 << 4 & WEIGHT));
            final ShortVector p2 = ShortVector.fromArray(BOTH, knots, row + 2 * ROW + (c2 >> 1 & LEFT))
                    .mul(ShortVector.fromArray(BOTH, weights, c2 << 4 & WEIGHT));
            final ShortVector p3 = ShortVector.fromArray(BOTH, knots, row + 3 * ROW + (c3 >> 1 & LEFT))
                    .mul(ShortVector.fromArray(BOTH, weights, c3 << 4 & WEIGHT));
            both = p0.add(p1).add(p2.add(p3)).add(both);
        }
        for (; f < features; f++, row += ROW) {
            final int code = codes[f];
            both = ShortVector.fromArray(BOTH, knots, row + (code >> 1 & LEFT))
                    .mul(ShortVector.fromArray(BOTH, weights, code << 4 & WEIGHT))
                    .add(both);
        }
        final ShortVector rights = both.reinterpretAsLongs().rearrange(SWAP).reinterpretAsShorts();
        IntVector sum = ((IntVector) both.add(rights).convertShape(VectorOperators.S2I, INTS, 0))
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
            sum = upper.lanewise(VectorOperators.LSHL, 5)
                    .add(lower.sub(upper).mul(first & 31))
                    .add(sum);
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

package io.t1.router;

/**
 * The grids of a table's pairs, packed so that two multiplications a corner serve all outputs.
 *
 * <p>Corners ride 21 bits each, three outputs in one long and two in another: shifted to 0..255, weights that sum to
 * 1,024 and eight pairs stay under 2^21. The shift comes off again at the end.
 *
 * <p>Threading: any. Allocation: none after construction. Keeps 1.3 KiB a pair on the heap.
 */
final class PairCorners {
    private static final int CORNER_SHIFT = 128;
    private static final int LANE = 21;
    private static final int LANE_MASK = (1 << LANE) - 1;
    private static final int CELLS = RouterTableDescriptor.CELLS;
    private static final int LINES = RouterTableDescriptor.LINES;

    private final int outputs;
    private final int pairs;
    /** {@code corners[2 * (81 * pair + cell)]}: outputs 0 to 2, then 3 and 4. */
    private final long[] corners;

    private final int[] features;

    PairCorners(final RouterTable table) {
        outputs = table.outputs();
        pairs = table.pairs();
        corners = new long[2 * CELLS * pairs];
        features = VectorTables.pairFeatures(table);
        for (int p = 0; p < pairs; p++) {
            for (int o = 0; o < outputs; o++) {
                for (int cell = 0; cell < CELLS; cell++) {
                    corners[2 * (CELLS * p + cell) + o / 3] |=
                            (long) (table.gridValue(p, o, cell) + CORNER_SHIFT) << (LANE * (o % 3));
                }
            }
        }
    }

    /** Adds the pair sums of queries {@code from} to {@code to - 1} to accumulators that hold the rest. */
    void add(final byte[] codes, final int[] accumulators, final int stride, final int from, final int to) {
        if (pairs > 0) {
            for (int q = from; q < to; q++) {
                addOne(codes, accumulators, stride, q);
            }
        }
    }

    private void addOne(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final long[] corners = this.corners;
        long low = 0;
        long high = 0;
        for (int p = 0; p < pairs; p++) {
            final int first = codes[features[2 * p] * stride + q] & 0xFF;
            final int second = codes[features[2 * p + 1] * stride + q] & 0xFF;
            final long r = first & 31;
            final long t = second & 31;
            final int at = 2 * (CELLS * p + LINES * (first >> 5) + (second >> 5));
            final long both = r * t;
            final long right = (t << 5) - both;
            final long below = (r << 5) - both;
            final long here = 1024 - (t << 5) - below;
            low += here * corners[at]
                    + right * corners[at + 2]
                    + below * corners[at + 2 * LINES]
                    + both * corners[at + 2 * LINES + 2];
            high += here * corners[at + 1]
                    + right * corners[at + 3]
                    + below * corners[at + 2 * LINES + 1]
                    + both * corners[at + 2 * LINES + 3];
        }
        final int shift = 1024 * CORNER_SHIFT * pairs;
        accumulators[q] += ((int) low & LANE_MASK) - shift;
        accumulators[stride + q] += ((int) (low >>> LANE) & LANE_MASK) - shift;
        accumulators[2 * stride + q] += ((int) (low >>> (2 * LANE)) & LANE_MASK) - shift;
        accumulators[3 * stride + q] += ((int) high & LANE_MASK) - shift;
        if (outputs > 4) {
            accumulators[4 * stride + q] += ((int) (high >>> LANE) & LANE_MASK) - shift;
        }
    }
}

package io.t1.router;

/**
 * Knots packed so that a feature costs two loads and one multiplication for four outputs: the fastest for one query.
 *
 * <p>Four knots ride in one long, 16 bits each, made unsigned by adding {@link #KNOT_SHIFT}: a piece {@code 16 * a + r *
 * (b - a)} of neighbours a and b is then in 0..4,080, sixteen of them stay under 2^16, so no carry reaches the next lane
 * of the sum. That {@code b - a} borrows from its neighbours doesn't matter: 64-bit arithmetic is exact modulo 2^64, and
 * the sum is below. The fifth output rides in a long of its own, beside. The shift comes off again with the bias.
 *
 * <p>Threading: any. Allocation: none after construction. Keeps 272 bytes a feature, 1.3 KiB a pair, on the heap.
 */
final class LookupKernel implements RouterKernel {
    private static final int KNOTS = RouterTableDescriptor.KNOTS;
    private static final int KNOT_SHIFT = 128;
    private static final int LANE = 16;
    private static final int LANE_MASK = 0xFFFF;
    /** Longs a knot: outputs 0 to 3, then output 4. */
    private static final int LONGS = 2;

    private final int features;
    private final int outputs;
    /** {@code knots[2 * (17 * f + knot)]}: outputs 0 to 3, then output 4; zero where there is none. */
    private final long[] knots;

    private final int[] biases;
    private final PairCorners pairs;

    LookupKernel(final RouterTable table) {
        features = table.features();
        outputs = table.outputs();
        pairs = new PairCorners(table);
        knots = new long[LONGS * KNOTS * features];
        biases = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            biases[o] = table.bias(o) - 64 * 16 * KNOT_SHIFT * features;
            for (int f = 0; f < features; f++) {
                for (int knot = 0; knot < KNOTS; knot++) {
                    knots[LONGS * (KNOTS * f + knot) + o / 4] |=
                            (long) (table.value(f, o, knot) + KNOT_SHIFT) << (LANE * (o % 4));
                }
            }
        }
    }

    @Override
    public String name() {
        return KernelKind.LOOKUP.flag();
    }

    @Override
    public void accumulate(final byte[] codes, final int[] accumulators, final int stride, final int count) {
        KernelBatch.check(features, outputs, codes, accumulators, stride, count);
        for (int q = 0; q < count; q++) {
            oneQuery(codes, accumulators, stride, q);
        }
        pairs.add(codes, accumulators, stride, 0, count);
    }

    private void oneQuery(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final long[] knots = this.knots;
        long four = 0;
        long fifth = 0;
        for (int f = 0, at = q, row = 0; f < features; f++, at += stride, row += LONGS * KNOTS) {
            final int code = codes[at];
            final int left = row + ((code >> 3) & 0x1E);
            final long r = code & 15;
            final long here = knots[left];
            final long hereFifth = knots[left + 1];
            four += (here << 4) + r * (knots[left + 2] - here);
            fifth += (hereFifth << 4) + r * (knots[left + 3] - hereFifth);
        }
        final int[] biases = this.biases;
        accumulators[q] = biases[0] + 64 * (int) (four & LANE_MASK);
        accumulators[stride + q] = biases[1] + 64 * (int) ((four >>> LANE) & LANE_MASK);
        accumulators[2 * stride + q] = biases[2] + 64 * (int) ((four >>> (2 * LANE)) & LANE_MASK);
        accumulators[3 * stride + q] = biases[3] + 64 * (int) (four >>> (3 * LANE));
        if (outputs > 4) {
            accumulators[4 * stride + q] = biases[4] + 64 * (int) fifth;
        }
    }

    /** Adds the pair sums of queries {@code from} to {@code to - 1} to accumulators that hold the rest. */
    void addPairs(final byte[] codes, final int[] accumulators, final int stride, final int from, final int to) {
        pairs.add(codes, accumulators, stride, from, to);
    }
}

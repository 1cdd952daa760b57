package io.t1.router;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Every code's pieces computed once and packed, so that a feature costs one load and one addition for four outputs.
 *
 * <p>Four pieces ride in one long, 16 bits each, made unsigned by adding {@link #PIECE_SHIFT} (a piece is in
 * -2,048..2,032, so sixteen shifted ones stay under 2^16: no carry reaches the next lane). The fifth output has a table
 * of its own. Pair corners ride 21 bits each, three in one long and two in another: shifted to 0..255, weights that sum
 * to 1,024 and eight pairs stay under 2^21. Both shifts come off again at the end.
 *
 * <p>Threading: any. Allocation: none after construction. Keeps 2 to 3 KiB a feature, 1.3 KiB a pair, on the heap.
 */
final class LookupKernel implements RouterKernel {
    private static final VarHandle EIGHT_CODES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int CODES = 256;
    private static final int PIECE_SHIFT = 2048;
    private static final int CORNER_SHIFT = 128;
    private static final int LANE = 16;
    private static final int LANE_MASK = 0xFFFF;
    private static final int PAIR_LANE = 21;
    private static final int PAIR_LANE_MASK = (1 << PAIR_LANE) - 1;
    private static final int CELLS = RouterTableDescriptor.CELLS;
    private static final int LINES = RouterTableDescriptor.LINES;

    private final int features;
    private final int outputs;
    private final int pairs;
    /** {@code packed[256 * f + code]}: the pieces of outputs 0 to 3. */
    private final long[] packed;
    /** {@code fifth[256 * f + code]}: the pieces of output 4; empty when there is none. */
    private final short[] fifth;
    /** {@code corners[2 * (81 * pair + cell)]}: outputs 0 to 2, then 3 and 4. */
    private final long[] corners;

    private final int[] pairFeatures;
    private final int[] biases;

    LookupKernel(final RouterTable table) {
        features = table.features();
        outputs = table.outputs();
        pairs = table.pairs();
        packed = new long[CODES * features];
        fifth = new short[outputs > 4 ? CODES * features : 0];
        corners = new long[2 * CELLS * pairs];
        pairFeatures = new int[2 * pairs];
        biases = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            biases[o] = table.bias(o) - 64 * PIECE_SHIFT * features;
            for (int f = 0; f < features; f++) {
                expandPieces(table, f, o);
            }
        }
        for (int p = 0; p < pairs; p++) {
            pairFeatures[2 * p] = table.pairFirst(p);
            pairFeatures[2 * p + 1] = table.pairSecond(p);
            for (int o = 0; o < outputs; o++) {
                for (int cell = 0; cell < CELLS; cell++) {
                    corners[2 * (CELLS * p + cell) + o / 3] |=
                            (long) (table.gridValue(p, o, cell) + CORNER_SHIFT) << (PAIR_LANE * (o % 3));
                }
            }
        }
    }

    private void expandPieces(final RouterTable table, final int f, final int o) {
        for (int code = 0; code < CODES; code++) {
            final int s = code >> 4;
            final int r = code & 15;
            final int piece = (16 - r) * table.value(f, o, s) + r * table.value(f, o, s + 1) + PIECE_SHIFT;
            if (o < 4) {
                packed[CODES * f + code] |= (long) piece << (LANE * o);
            } else {
                fifth[CODES * f + code] = (short) piece;
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
        int q = 0;
        for (; q <= count - 8; q += 8) {
            eightQueries(codes, accumulators, stride, q);
        }
        for (; q < count; q++) {
            oneQuery(codes, accumulators, stride, q);
        }
        if (fifth.length > 0) {
            fifthOutput(codes, accumulators, stride, count);
        }
        if (pairs > 0) {
            addPairs(codes, accumulators, stride, 0, count);
        }
    }

    /** Eight at a time: one load of their codes a feature, and eight independent chains of additions. */
    private void eightQueries(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final long[] packed = this.packed;
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        long e = 0;
        long f = 0;
        long g = 0;
        long h = 0;
        for (int entries = 0, at = q; entries < packed.length; entries += CODES, at += stride) {
            final long eight = (long) EIGHT_CODES.get(codes, at);
            a += packed[entries + (int) (eight & 0xFF)];
            b += packed[entries + (int) ((eight >>> 8) & 0xFF)];
            c += packed[entries + (int) ((eight >>> 16) & 0xFF)];
            d += packed[entries + (int) ((eight >>> 24) & 0xFF)];
            e += packed[entries + (int) ((eight >>> 32) & 0xFF)];
            f += packed[entries + (int) ((eight >>> 40) & 0xFF)];
            g += packed[entries + (int) ((eight >>> 48) & 0xFF)];
            h += packed[entries + (int) (eight >>> 56)];
        }
        unpack(a, accumulators, stride, q);
        unpack(b, accumulators, stride, q + 1);
        unpack(c, accumulators, stride, q + 2);
        unpack(d, accumulators, stride, q + 3);
        unpack(e, accumulators, stride, q + 4);
        unpack(f, accumulators, stride, q + 5);
        unpack(g, accumulators, stride, q + 6);
        unpack(h, accumulators, stride, q + 7);
    }

    private void oneQuery(final byte[] codes, final int[] accumulators, final int stride, final int q) {
        final long[] packed = this.packed;
        long sum = 0;
        for (int f = 0, at = q, n = features; f < n; f++, at += stride) {
            sum += packed[(f << 8) + (codes[at] & 0xFF)];
        }
        unpack(sum, accumulators, stride, q);
    }

    private void unpack(final long sum, final int[] accumulators, final int stride, final int q) {
        final int[] biases = this.biases;
        accumulators[q] = biases[0] + 64 * (int) (sum & LANE_MASK);
        accumulators[stride + q] = biases[1] + 64 * (int) ((sum >>> LANE) & LANE_MASK);
        accumulators[2 * stride + q] = biases[2] + 64 * (int) ((sum >>> (2 * LANE)) & LANE_MASK);
        accumulators[3 * stride + q] = biases[3] + 64 * (int) (sum >>> (3 * LANE));
    }

    private void fifthOutput(final byte[] codes, final int[] accumulators, final int stride, final int count) {
        final short[] fifth = this.fifth;
        for (int q = 0; q < count; q++) {
            int sum = 0;
            for (int f = 0, at = q, n = features; f < n; f++, at += stride) {
                sum += fifth[(f << 8) + (codes[at] & 0xFF)];
            }
            accumulators[4 * stride + q] = biases[4] + 64 * sum;
        }
    }

    /** Adds the pair sums of queries {@code from} to {@code to - 1} to accumulators that hold the rest. */
    void addPairs(final byte[] codes, final int[] accumulators, final int stride, final int from, final int to) {
        final long[] corners = this.corners;
        final int shift = 1024 * CORNER_SHIFT * pairs;
        for (int q = from; q < to; q++) {
            long low = 0;
            long high = 0;
            for (int p = 0; p < pairs; p++) {
                final int first = codes[pairFeatures[2 * p] * stride + q] & 0xFF;
                final int second = codes[pairFeatures[2 * p + 1] * stride + q] & 0xFF;
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
            accumulators[q] += ((int) low & PAIR_LANE_MASK) - shift;
            accumulators[stride + q] += ((int) (low >>> PAIR_LANE) & PAIR_LANE_MASK) - shift;
            accumulators[2 * stride + q] += ((int) (low >>> (2 * PAIR_LANE)) & PAIR_LANE_MASK) - shift;
            accumulators[3 * stride + q] += ((int) high & PAIR_LANE_MASK) - shift;
            if (outputs > 4) {
                accumulators[4 * stride + q] += ((int) (high >>> PAIR_LANE) & PAIR_LANE_MASK) - shift;
            }
        }
    }
}

package io.t1.router;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Every code's pieces computed once and packed, so that a feature costs one load and one addition for four outputs.
 *
 * <p>Four pieces ride in one long, 16 bits each, made unsigned by adding {@link #PIECE_SHIFT} (a piece is in
 * -2,048..2,032, so sixteen shifted ones stay under 2^16: no carry reaches the next lane). The fifth output has a table
 * of its own. The shift comes off again at the end.
 *
 * <p>For batches where registers are narrow: {@link LookupKernel} needs an eighth of the memory, and is as fast for one
 * query. Threading: any. Allocation: none after construction. Keeps 2 to 3 KiB a feature, 1.3 KiB a pair, on the heap.
 */
final class ExpandedKernel implements RouterKernel {
    private static final VarHandle EIGHT_CODES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int CODES = 256;
    private static final int PIECE_SHIFT = 2048;
    private static final int LANE = 16;
    private static final int LANE_MASK = 0xFFFF;

    private final int features;
    private final int outputs;
    /** {@code packed[256 * f + code]}: the pieces of outputs 0 to 3. */
    private final long[] packed;
    /** {@code fifth[256 * f + code]}: the pieces of output 4; empty when there is none. */
    private final short[] fifth;

    private final PairCorners pairs;
    private final int[] biases;

    ExpandedKernel(final RouterTable table) {
        features = table.features();
        outputs = table.outputs();
        packed = new long[CODES * features];
        fifth = new short[outputs > 4 ? CODES * features : 0];
        pairs = new PairCorners(table);
        biases = new int[outputs];
        for (int o = 0; o < outputs; o++) {
            biases[o] = table.bias(o) - 64 * PIECE_SHIFT * features;
            for (int f = 0; f < features; f++) {
                expandPieces(table, f, o);
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
        return KernelKind.EXPANDED.flag();
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
        pairs.add(codes, accumulators, stride, 0, count);
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
}

package io.t1.router;

import static io.t1.router.RouterTableDescriptor.LINES;
import static io.t1.router.RouterTableDescriptor.gridOffset;
import static io.t1.router.RouterTableDescriptor.knotsOffset;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * The specification: the definitions' steps 2 to 4, read straight from the off-heap table. Every other kernel must equal
 * it bit for bit.
 */
final class ScalarKernel implements RouterKernel {
    private final RouterTable table;

    ScalarKernel(final RouterTable table) {
        this.table = table;
    }

    @Override
    public String name() {
        return KernelKind.SCALAR.flag();
    }

    @Override
    public void accumulate(final byte[] codes, final int[] accumulators, final int stride, final int count) {
        KernelBatch.check(table, codes, accumulators, stride, count);
        for (int output = 0, n = table.outputs(); output < n; output++) {
            for (int q = 0; q < count; q++) {
                accumulators[output * stride + q] = table.bias(output)
                        + 64 * sumOfPieces(output, codes, stride, q)
                        + sumOfPairs(output, codes, stride, q);
            }
        }
    }

    /** {@code sum_f p(f,o,c_f)}: at most 2^15 in size. */
    private int sumOfPieces(final int output, final byte[] codes, final int stride, final int q) {
        final UnsafeBuffer image = table.image();
        int sum = 0;
        for (int feature = 0, n = table.features(); feature < n; feature++) {
            final int code = codes[feature * stride + q] & 0xFF;
            final int s = code >> 4;
            final int r = code & 15;
            final int left = knotsOffset(feature, output, n, table.outputs(), table.pairs()) + s;
            sum += (16 - r) * image.getByte(left) + r * image.getByte(left + 1);
        }
        return sum;
    }

    /** {@code sum_pairs q}: at most 2^20 in size. */
    private int sumOfPairs(final int output, final byte[] codes, final int stride, final int q) {
        final UnsafeBuffer image = table.image();
        int sum = 0;
        for (int pair = 0, n = table.pairs(); pair < n; pair++) {
            final int first = codes[table.pairFirst(pair) * stride + q] & 0xFF;
            final int second = codes[table.pairSecond(pair) * stride + q] & 0xFF;
            final int row = first >> 5;
            final int column = second >> 5;
            final int rf = first & 31;
            final int rg = second & 31;
            final int corner = gridOffset(pair, output, table.features(), table.outputs(), n) + LINES * row + column;
            sum += (32 - rf) * (32 - rg) * image.getByte(corner)
                    + (32 - rf) * rg * image.getByte(corner + 1)
                    + rf * (32 - rg) * image.getByte(corner + LINES)
                    + rf * rg * image.getByte(corner + LINES + 1);
        }
        return sum;
    }
}

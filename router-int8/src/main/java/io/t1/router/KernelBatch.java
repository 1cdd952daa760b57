package io.t1.router;

import java.util.Objects;

/** What every kernel asks of a batch before it reads or writes any of it. */
final class KernelBatch {
    private KernelBatch() {}

    /** @throws IndexOutOfBoundsException if the batch doesn't lie in its arrays, or has no query. */
    static void check(
            final RouterTable table, final byte[] codes, final int[] accumulators, final int stride, final int count) {
        check(table.features(), table.outputs(), codes, accumulators, stride, count);
    }

    static void check(
            final int features,
            final int outputs,
            final byte[] codes,
            final int[] accumulators,
            final int stride,
            final int count) {
        Objects.checkIndex(count - 1, stride);
        // the last column needs count entries only
        Objects.checkFromIndexSize(Math.multiplyExact(features - 1, stride), count, codes.length);
        Objects.checkFromIndexSize(Math.multiplyExact(outputs - 1, stride), count, accumulators.length);
    }
}

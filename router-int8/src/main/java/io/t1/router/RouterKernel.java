package io.t1.router;

/**
 * Computes a table's accumulators for a batch of codes. All kernels of one table agree bit for bit.
 *
 * <p>Threading: any number of threads may share one; it holds no mutable state. Allocation: none.
 */
public interface RouterKernel {
    /** Its name in flags, logs and reports: {@code scalar}, {@code lookup}, {@code expanded} or {@code vector}. */
    String name();

    /**
     * Computes {@code acc} of the definitions for {@code count} queries.
     *
     * @param codes feature by feature: the code of query q is at {@code feature * stride + q}.
     * @param accumulators output by output: filled at {@code output * stride + q}.
     * @param stride at least {@code count}.
     * @param count queries, 1 or more.
     */
    void accumulate(byte[] codes, int[] accumulators, int stride, int count);
}

package io.t1.router;

/**
 * One query's codes to its outputs: steps 2 to 5 of the definitions in one go, bit for bit what a {@link RouterKernel} and
 * the {@link OutputScaler} give.
 *
 * <p>It reads the heap alone: its table may be closed meanwhile.
 *
 * <p>Threading: any number of threads may share one; what it writes is the caller's. Allocation: none.
 */
public interface OneQueryKernel {
    /** Entries that the arrays must have: a register of 32-bit lanes, of which a table fills 4 or 5. */
    int ROOM = 8;

    /**
     * Computes {@code y} of the definitions for one query.
     *
     * @param codes {@code codes[feature]}, unsigned.
     * @param accumulators scratch, {@link #ROOM} entries.
     * @param outputs {@code outputs[output]} is filled; entries above, up to {@link #ROOM}, are scratch.
     */
    void compute(byte[] codes, int[] accumulators, float[] outputs);
}

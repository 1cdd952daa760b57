package io.t1.router;

import org.agrona.DirectBuffer;

/** Quantises the values of one feature. All implementations give the same codes. Threading: any. Allocation: none. */
interface ColumnQuantiser {
    /**
     * Quantises {@code count} little-endian float32 values.
     *
     * @param values the value of query q is at {@code at + q * step}, which the caller has proved to lie inside.
     * @param codes filled from {@code from} on.
     */
    void quantise(int feature, DirectBuffer values, int at, int step, byte[] codes, int from, int count);

    /** Quantises one value. */
    byte quantise(int feature, float x);
}

package io.t1.router;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Turns rows of eight codes into columns: eight rows at once as eight longs, whose halves, then quarters, then bytes change
 * places.
 *
 * <p>Threading: any. Allocation: none.
 */
final class CodeTransposition {
    private static final VarHandle EIGHT_CODES =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int BLOCK = 8;
    private static final long HALVES = 0x0000_0000_FFFF_FFFFL;
    private static final long QUARTERS = 0x0000_FFFF_0000_FFFFL;
    private static final long BYTES = 0x00FF_00FF_00FF_00FFL;

    private CodeTransposition() {}

    /**
     * @param rows code {@code c} of row {@code q} at {@code 8 * q + c}.
     * @param columns filled from {@code to} on: that code at {@code to + c * stride + q}.
     * @param width codes of a row to take, 1 to 8.
     */
    static void columns(
            final byte[] rows, final int count, final byte[] columns, final int to, final int stride, final int width) {
        int q = 0;
        for (; q <= count - BLOCK; q += BLOCK) {
            eight(rows, BLOCK * q, columns, to + q, stride, width);
        }
        for (; q < count; q++) {
            for (int c = 0; c < width; c++) {
                columns[to + c * stride + q] = rows[BLOCK * q + c];
            }
        }
    }

    private static void eight(
            final byte[] rows, final int from, final byte[] columns, final int to, final int stride, final int width) {
        final long r0 = (long) EIGHT_CODES.get(rows, from);
        final long r1 = (long) EIGHT_CODES.get(rows, from + 8);
        final long r2 = (long) EIGHT_CODES.get(rows, from + 16);
        final long r3 = (long) EIGHT_CODES.get(rows, from + 24);
        final long r4 = (long) EIGHT_CODES.get(rows, from + 32);
        final long r5 = (long) EIGHT_CODES.get(rows, from + 40);
        final long r6 = (long) EIGHT_CODES.get(rows, from + 48);
        final long r7 = (long) EIGHT_CODES.get(rows, from + 56);
        final long h0 = low(r0, r4, 32, HALVES);
        final long h1 = low(r1, r5, 32, HALVES);
        final long h2 = low(r2, r6, 32, HALVES);
        final long h3 = low(r3, r7, 32, HALVES);
        final long q0 = low(h0, h2, 16, QUARTERS);
        final long q1 = low(h1, h3, 16, QUARTERS);
        final long q2 = high(h0, h2, 16, QUARTERS);
        final long q3 = high(h1, h3, 16, QUARTERS);
        put(columns, to, low(q0, q1, 8, BYTES), 0, width, stride);
        put(columns, to, high(q0, q1, 8, BYTES), 1, width, stride);
        put(columns, to, low(q2, q3, 8, BYTES), 2, width, stride);
        put(columns, to, high(q2, q3, 8, BYTES), 3, width, stride);
        if (width > BLOCK / 2) {
            final long h4 = high(r0, r4, 32, HALVES);
            final long h5 = high(r1, r5, 32, HALVES);
            final long h6 = high(r2, r6, 32, HALVES);
            final long h7 = high(r3, r7, 32, HALVES);
            final long q4 = low(h4, h6, 16, QUARTERS);
            final long q5 = low(h5, h7, 16, QUARTERS);
            final long q6 = high(h4, h6, 16, QUARTERS);
            final long q7 = high(h5, h7, 16, QUARTERS);
            put(columns, to, low(q4, q5, 8, BYTES), 4, width, stride);
            put(columns, to, high(q4, q5, 8, BYTES), 5, width, stride);
            put(columns, to, low(q6, q7, 8, BYTES), 6, width, stride);
            put(columns, to, high(q6, q7, 8, BYTES), 7, width, stride);
        }
    }

    private static void put(
            final byte[] columns, final int to, final long codes, final int column, final int width, final int stride) {
        if (column < width) {
            EIGHT_CODES.set(columns, to + column * stride, codes);
        }
    }

    /** The lower parts of two longs, side by side. */
    private static long low(final long a, final long b, final int bits, final long lower) {
        return (a & lower) | ((b & lower) << bits);
    }

    /** Their upper parts. */
    private static long high(final long a, final long b, final int bits, final long lower) {
        return ((a >>> bits) & lower) | (b & ~lower);
    }
}

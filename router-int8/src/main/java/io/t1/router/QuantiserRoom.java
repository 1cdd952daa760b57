package io.t1.router;

import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/**
 * Where one thread's rows lie while they are quantised, some at a time, so that they stay in the first-level cache.
 *
 * <p>Threading: one thread. Allocation: in the constructor only, 2.3 KiB.
 */
public final class QuantiserRoom {
    /** Rows that it holds; a multiple of eight. */
    static final int ROWS = 32;

    private static final int MOST_FEATURES = 16;
    private static final int LANES = 8;

    /** Row by row, with room for a register that begins at the last value. */
    final float[] values = new float[ROWS * MOST_FEATURES + LANES];

    /** Eight codes a row. */
    final byte[] codes = new byte[ROWS * LANES];

    /** For one thread. */
    public QuantiserRoom() {}

    /** Takes little-endian float32, which the caller has proved to lie inside {@code from}. */
    void take(final DirectBuffer from, final int offset, final int count) {
        final float[] values = this.values;
        for (int i = 0; i < count; i++) {
            values[i] = from.getFloat(offset + Float.BYTES * i, ByteOrder.LITTLE_ENDIAN);
        }
    }
}

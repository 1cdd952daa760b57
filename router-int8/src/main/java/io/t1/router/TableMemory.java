package io.t1.router;

import java.util.concurrent.atomic.LongAdder;
import org.agrona.UnsafeApi;

/**
 * Where tables live: memory taken and given back at known moments, without a handshake with readers' threads.
 *
 * <p>The count of what is out belongs to the process, as the memory does: no smaller owner could notice a table that
 * someone forgot to close. It is the one mutable static of this module.
 *
 * <p>Threading: any.
 */
final class TableMemory {
    private static final LongAdder LIVE_BYTES = new LongAdder();

    private TableMemory() {}

    /** The address of {@code length} bytes of any content, at least 8-byte aligned. */
    static long allocate(final int length) {
        final long address = UnsafeApi.allocateMemory(length);
        LIVE_BYTES.add(length);
        return address;
    }

    /** Gives back what {@link #allocate} gave, once. */
    static void free(final long address, final int length) {
        UnsafeApi.freeMemory(address);
        LIVE_BYTES.add(-length);
    }

    static long liveBytes() {
        return LIVE_BYTES.sum();
    }
}

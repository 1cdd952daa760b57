package io.t1.sidecar;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Bytes that the calling thread allocates on the heap. */
public final class Allocation {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int WARM_UP = 20_000;
    private static final int TRIES = 5;

    private Allocation() {}

    /** Bytes of so many runs after a warm-up: the least of some tries, since the JVM's own bookkeeping may fall in one. */
    public static long bytes(final int runs, final Runnable work) {
        for (int run = 0; run < WARM_UP; run++) {
            work.run();
        }
        long least = Long.MAX_VALUE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            final long before = THREADS.getCurrentThreadAllocatedBytes();
            for (int run = 0; run < runs; run++) {
                work.run();
            }
            least = Math.min(least, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
        return least;
    }
}

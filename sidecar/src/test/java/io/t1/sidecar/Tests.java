package io.t1.sidecar;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** What tests share. */
public final class Tests {
    private Tests() {}

    /** Waits for a condition; fails with {@code what} after 20 s. */
    public static void await(final String what, final BooleanSupplier condition) {
        await(what, Duration.ofSeconds(20), condition);
    }

    /** Waits for a condition; fails with {@code what} when the time is up. */
    public static void await(final String what, final Duration atMost, final BooleanSupplier condition) {
        final long end = System.nanoTime() + atMost.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("waited " + atMost + " for: " + what);
            }
            LockSupport.parkNanos(500_000);
        }
    }
}

package io.t1.sidecar.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.t1.codec.poll.PollMode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PollingIoHandlerTest {
    private static final long SHORT_WAIT_NS = 30_000;
    private static final int MOST_PASSES = 100_000;

    private final AtomicBoolean wanted = new AtomicBoolean();
    private final ShortWaits waits = new ShortWaits();
    private final PollingIoHandler handler = new PollingIoHandler(waits, PollMode.ADAPTIVE, wanted::get);

    @Test
    void sleepsThroughShortWaitsWhileAChangeOfTablesWantsTheProcessor() {
        for (int pass = 0; waits.spins == 0 && pass < MOST_PASSES; pass++) {
            handler.run(new MayBlock());
        }
        assertTrue(waits.spins > 0, "dense traffic is spun for, passes=" + MOST_PASSES);

        wanted.set(true);
        final long before = waits.spins;
        for (int pass = 0; pass < 1_000; pass++) {
            handler.run(new MayBlock());
        }
        assertEquals(before, waits.spins, "spins while the processor is wanted");

        wanted.set(false);
        for (int pass = 0; waits.spins == before && pass < MOST_PASSES; pass++) {
            handler.run(new MayBlock());
        }
        assertTrue(waits.spins > before, "spun for again afterwards, passes=" + MOST_PASSES);
    }

    /** A socket on which nothing comes while it is only looked at, and something soon once it is waited for. */
    private static final class ShortWaits implements IoHandler {
        private long spins;

        @Override
        public int run(final IoHandlerContext context) {
            if (!context.canBlock()) {
                spins++;
                return 0;
            }
            final long begun = System.nanoTime();
            while (System.nanoTime() - begun < SHORT_WAIT_NS) {
                Thread.onSpinWait();
            }
            return 1;
        }

        @Override
        public IoRegistration register(final IoHandle handle) {
            throw new UnsupportedOperationException("nothing registers here");
        }

        @Override
        public void wakeup() {}

        @Override
        public boolean isCompatible(final Class<? extends IoHandle> handleType) {
            return false;
        }
    }

    private static final class MayBlock implements IoHandlerContext {
        @Override
        public boolean canBlock() {
            return true;
        }

        @Override
        public long delayNanos(final long currentTimeNanos) {
            return Long.MAX_VALUE;
        }

        @Override
        public long deadlineNanos() {
            return -1;
        }
    }
}

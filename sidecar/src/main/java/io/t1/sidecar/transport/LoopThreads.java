package io.t1.sidecar.transport;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.t1.codec.cpu.CpuAffinity;
import io.t1.codec.cpu.CpuList;
import java.io.IOException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the event loops' threads, and pins each to its processor if they are to be pinned: loop i to the i-th of the
 * list, which starts over at its end. Threading: any.
 */
final class LoopThreads implements ThreadFactory {
    private static final Logger LOG = LoggerFactory.getLogger(LoopThreads.class);

    private final ThreadFactory threads = new DefaultThreadFactory("t1-loop");
    private final AtomicInteger made = new AtomicInteger();
    private final @Nullable CpuList cpus;

    /**
     * @param cpus null: the system chooses.
     * @throws IOException if this process may not use one of them, or this system can't pin; the message says which.
     */
    LoopThreads(final @Nullable CpuList cpus) throws IOException {
        this.cpus = cpus;
        if (cpus != null) {
            try {
                CpuAffinity.check(cpus);
            } catch (final IOException e) {
                throw new IOException("--pin-loops=" + cpus + ": " + e.getMessage(), e);
            }
        }
    }

    @Override
    public Thread newThread(final Runnable loop) {
        final CpuList cpus = this.cpus;
        if (cpus == null) {
            return threads.newThread(loop);
        }
        final int cpu = cpus.of(made.getAndIncrement());
        return threads.newThread(() -> {
            pin(cpu);
            loop.run();
        });
    }

    private static void pin(final int cpu) {
        try {
            CpuAffinity.pin(cpu);
            LOG.info("{} runs on cpu {}", Thread.currentThread().getName(), cpu);
        } catch (final IOException e) { // checked at the start; it can be taken away since
            LOG.warn("{} isn't pinned: {}", Thread.currentThread().getName(), e.getMessage());
        }
    }
}

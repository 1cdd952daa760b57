package io.t1.sidecar.tables;

import io.t1.codec.cpu.ThreadPriority;
import io.t1.codec.wire.ErrorCode;
import io.t1.gating.ReaderEpochs;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that changes tables. Operations wait for it in a bounded queue, and are done in the order they came.
 *
 * <p>It opens the store before its first operation, so all wait for that; while none comes it leaves the processors to
 * the first decisions for a moment. It runs behind them in any case: see {@link ThreadPriority}. Between operations it
 * frees replaced snapshots.
 *
 * <p>Threading: {@link #submit} by any thread.
 */
public final class ControlThread implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);
    private static final long RECLAIM_EVERY_MS = 5;
    private static final long IDLE_MS = 1_000;
    private static final long FIRST_AFTER_MS = 1_500;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final BlockingQueue<Operation> queue;
    private final AtomicInteger unfinished = new AtomicInteger();
    private final ReaderEpochs epochs;
    private final int timeoutMs;
    private final Thread thread;
    private Runnable first = () -> {};
    private volatile boolean closing;

    /**
     * @param epochs whose owner this thread is.
     * @param capacity operations that may wait.
     * @param timeoutMs after which the sender of one is told that it didn't end.
     */
    public ControlThread(final ReaderEpochs epochs, final int capacity, final int timeoutMs) {
        this.epochs = epochs;
        this.timeoutMs = timeoutMs;
        queue = new ArrayBlockingQueue<>(capacity);
        thread = Thread.ofPlatform().name("t1-control").unstarted(this::run);
    }

    /** Starts it, with what must be done before any operation, and soon if none comes. */
    public void start(final Runnable first) {
        this.first = first;
        thread.start();
    }

    /**
     * Does something on the thread.
     *
     * @return its reply, on whichever thread; a refusal when the queue is full or the timeout passed. Never fails.
     */
    public CompletableFuture<ControlReply> submit(final Supplier<ControlReply> operation) {
        final var reply = new CompletableFuture<ControlReply>();
        unfinished.incrementAndGet();
        if (closing || !queue.offer(new Operation(operation, reply))) {
            unfinished.decrementAndGet();
            return CompletableFuture.completedFuture(
                    closing
                            ? new ControlReply.Refused(ErrorCode.DRAINING, "the server is shutting down")
                            : new ControlReply.Refused(
                                    ErrorCode.OVERLOADED,
                                    "control operations waiting=" + queue.size()
                                            + ", the limit (--control-queue): try again later"));
        }
        final var timedOut = new ControlReply.Refused(
                ErrorCode.INTERNAL,
                "no end within --control-timeout-ms=" + timeoutMs + ": it may still happen, list the tables");
        return reply.completeOnTimeout(timedOut, timeoutMs, TimeUnit.MILLISECONDS);
    }

    /** Whether every operation that was taken has ended. */
    public boolean isIdle() {
        return unfinished.get() == 0;
    }

    private void run() {
        ThreadPriority.lower(ThreadPriority.BEHIND_DECISIONS);
        final Operation early = poll(FIRST_AFTER_MS);
        if (!closing) {
            runFirst();
        }
        if (early != null) {
            run(early);
        }
        boolean retired = reclaim();
        while (!closing || !queue.isEmpty()) {
            final Operation next = poll(retired ? RECLAIM_EVERY_MS : IDLE_MS);
            if (next != null) {
                run(next);
            }
            retired = reclaim();
        }
    }

    private void runFirst() {
        try {
            first.run();
        } catch (final RuntimeException | Error e) {
            LOG.error("control thread couldn't begin as it should", e);
        }
    }

    private void run(final Operation operation) {
        try {
            operation.reply().complete(operation.work().get());
        } catch (final RuntimeException | Error e) {
            LOG.error("control operation failed", e);
            operation.reply().complete(new ControlReply.Refused(ErrorCode.INTERNAL, "control operation failed: " + e));
        } finally {
            unfinished.decrementAndGet();
        }
    }

    private boolean reclaim() {
        try {
            return epochs.reclaim() > 0;
        } catch (final RuntimeException e) {
            LOG.error("a replaced table couldn't be freed", e);
            return true;
        }
    }

    private @Nullable Operation poll(final long waitMs) {
        try {
            return queue.poll(waitMs, TimeUnit.MILLISECONDS);
        } catch (final InterruptedException _) {
            return null; // nobody interrupts us by plan: look at the flag and go on
        }
    }

    /** Ends the thread once what waits is done. Twice is harmless. */
    @Override
    public void close() {
        closing = true;
        // woken by work, not by an interrupt, which would close a file that it is writing
        final boolean woken = queue.offer(new Operation(
                () -> new ControlReply.Refused(ErrorCode.DRAINING, "closing"), new CompletableFuture<>()));
        if (woken) {
            unfinished.incrementAndGet();
        }
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMillis(CLOSE_TIMEOUT_MS))) {
                LOG.error("control thread didn't end within {} ms", CLOSE_TIMEOUT_MS);
            }
        } catch (final InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private record Operation(Supplier<ControlReply> work, CompletableFuture<ControlReply> reply) {}
}

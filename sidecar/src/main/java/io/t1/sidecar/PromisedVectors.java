package io.t1.sidecar;

import io.t1.router.KernelKind;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the kernel with vectors to a server that is told to compute with it. Such a server starts with lookup: what
 * isn't compiled yet makes an object of every vector, at tens of microseconds a decision for as long as traffic takes to
 * have it compiled. It is run on a thread beside the decisions until it is, and then computes, once and for good.
 *
 * <p>That thread has the priority of the decisions', unlike the one that measures kernels: somebody waits for what was
 * promised, and beside a loop that spins on the same processor a lower one would wait ten times as long.
 *
 * <p>Threading: one thread makes, starts and closes it.
 */
final class PromisedVectors implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PromisedVectors.class);

    private final KernelSwitch next;
    private final BooleanSupplier rehearsal;
    private final Thread thread;
    private volatile boolean closed;

    /** @param rehearsal as {@link KernelSwitch#rehearseVectors}. */
    PromisedVectors(final KernelSwitch next, final BooleanSupplier rehearsal) {
        this.next = next;
        this.rehearsal = rehearsal;
        thread = Thread.ofPlatform().daemon().name("t1-kernels").unstarted(this::run);
    }

    /** Rehearses and switches in the background. */
    void start() {
        thread.start();
    }

    private void run() {
        if (!rehearsal.getAsBoolean()) {
            LOG.warn(
                    "decisions with vectors weren't compiled after {} s; they compute all the same, as set",
                    KernelSwitch.REHEARSAL.toSeconds());
        }
        if (!closed) {
            next.to(KernelKind.VECTOR, "kernel=vector from here on, as set");
        }
    }

    @Override
    public void close() {
        closed = true; // a rehearsal under way touches nothing of the server's, and its thread is a daemon
    }
}

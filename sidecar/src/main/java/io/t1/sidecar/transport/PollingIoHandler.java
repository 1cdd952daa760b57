package io.t1.sidecar.transport;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;
import io.t1.codec.poll.PollMode;
import io.t1.codec.poll.SpinWindow;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An event loop's handler of sockets, whichever the transport, that spins before it sleeps as long as its {@link
 * SpinWindow} says.
 *
 * <p>Spinning is running the transport's handler with a context that says that it mustn't block. It ends when a socket
 * was served, when the loop has a task to run (whoever submits one to a loop that is awake doesn't wake it), or with the
 * window.
 *
 * <p>Threading: its event loop, but for {@link #wakeup}. Allocation: in the constructor only.
 */
final class PollingIoHandler implements IoHandler, Executor {
    private final IoHandler transport;
    private final PollMode mode;
    private final SpinWindow spinning;
    private final Restless restless = new Restless();
    private final Observed observed = new Observed();
    private final BooleanSupplier coreWanted;
    private @Nullable Runnable endOfPass;

    /** @param coreWanted whether other work of this server waits for a processor; asked while spinning. */
    PollingIoHandler(final IoHandler transport, final PollMode mode, final BooleanSupplier coreWanted) {
        this.transport = transport;
        this.mode = mode;
        this.coreWanted = coreWanted;
        spinning = new SpinWindow(mode);
    }

    /**
     * Runs a task when the pass under way has served every socket that was ready: cheaper than one of the loop's own.
     * One at a time; called by the loop's thread.
     */
    @Override
    public void execute(final Runnable task) {
        endOfPass = task;
    }

    @Override
    public int run(final IoHandlerContext context) {
        final int served = pass(context);
        final Runnable end = endOfPass;
        if (end != null) {
            endOfPass = null;
            end.run();
        }
        return served;
    }

    private int pass(final IoHandlerContext context) {
        if (mode == PollMode.BLOCK || !context.canBlock() || standsBack()) {
            return transport.run(context);
        }
        final long begunNs = System.nanoTime();
        final long windowNs = spinning.nanos();
        if (windowNs > 0) {
            final int served = spin(context, begunNs, windowNs);
            if (served > 0 || !context.canBlock()) {
                return served;
            }
        }
        final int served = transport.run(observed.of(context));
        spinning.slept(System.nanoTime() - begunNs - observed.activeNs());
        return served;
    }

    private int spin(final IoHandlerContext context, final long begunNs, final long windowNs) {
        final IoHandlerContext restless = this.restless.of(context);
        do {
            final int served = transport.run(restless);
            if (served > 0) {
                spinning.spun();
                return served;
            }
        } while (context.canBlock() && System.nanoTime() - begunNs < windowNs && !standsBack());
        return 0;
    }

    /** Adaptive, a wait isn't spun through while somebody else has a use for it. */
    private boolean standsBack() {
        return mode == PollMode.ADAPTIVE && coreWanted.getAsBoolean();
    }

    @Override
    public void initialize() {
        transport.initialize();
    }

    @Override
    public void prepareToDestroy() {
        transport.prepareToDestroy();
    }

    @Override
    public void destroy() {
        transport.destroy();
    }

    @Override
    public IoRegistration register(final IoHandle handle) throws Exception {
        return transport.register(handle);
    }

    @Override
    public void wakeup() {
        transport.wakeup();
    }

    @Override
    public boolean isCompatible(final Class<? extends IoHandle> handleType) {
        return transport.isCompatible(handleType);
    }

    /** A loop's context that doesn't let its handler block. */
    private static final class Restless extends BorrowedContext {
        @Override
        public boolean canBlock() {
            return false;
        }
    }

    /** A loop's context that learns how long its handler served sockets once it had been woken. */
    private static final class Observed extends BorrowedContext {
        private long activeNs;

        @Override
        IoHandlerContext of(final IoHandlerContext loop) {
            activeNs = 0;
            return super.of(loop);
        }

        long activeNs() {
            return activeNs;
        }

        @Override
        public boolean shouldReportActiveIoTime() {
            return true;
        }

        @Override
        public void reportActiveIoTime(final long activeNanos) {
            activeNs = activeNanos;
        }
    }
}

package io.t1.sidecar.transport;

import io.netty.channel.IoHandlerContext;

/** An event loop's context, shown to its handler with a difference. Threading: the event loop. Allocation: none. */
abstract class BorrowedContext implements IoHandlerContext {
    private IoHandlerContext loop = this;

    /** This, as the context of that loop. */
    IoHandlerContext of(final IoHandlerContext loop) {
        this.loop = loop;
        return this;
    }

    @Override
    public boolean canBlock() {
        return loop.canBlock();
    }

    @Override
    public long delayNanos(final long nowNanos) {
        return loop.delayNanos(nowNanos);
    }

    @Override
    public long deadlineNanos() {
        return loop.deadlineNanos();
    }
}

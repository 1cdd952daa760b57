package io.t1.sidecar.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames on their way out: written in place into a pooled buffer, handed to the channel when it is full, flushed when
 * what was read is answered.
 *
 * <p>Threading: the connection's event loop. Allocation: none in steady state; buffers come from the pool.
 */
final class Outbound implements ReplySink {
    private static final int BUFFER_BYTES = 16 * 1024;

    private final ChannelHandlerContext context;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private @Nullable ByteBuf current;
    private long written;

    Outbound(final ChannelHandlerContext context) {
        this.context = context;
    }

    @Override
    public boolean takesFramesTogether() {
        return true;
    }

    @Override
    public UnsafeBuffer reserve(final int length) {
        ByteBuf buffer = current;
        if (buffer != null && buffer.writableBytes() < length) {
            handOver();
            buffer = null;
        }
        if (buffer == null) {
            buffer = context.alloc().directBuffer(Math.max(length, BUFFER_BYTES));
            current = buffer;
        }
        view.wrap(buffer.memoryAddress() + buffer.writerIndex(), buffer.writableBytes());
        return view;
    }

    @Override
    public void commit(final int length) {
        final ByteBuf buffer = current;
        if (buffer == null) {
            throw new IllegalStateException("commit before reserve");
        }
        buffer.writerIndex(buffer.writerIndex() + length);
        written += length;
    }

    /** Whether frames wait to be handed over. */
    boolean isEmpty() {
        return current == null;
    }

    /** Gives what was written to the channel, which counts it from here on against its watermarks. */
    void handOver() {
        final ByteBuf buffer = current;
        if (buffer != null) {
            current = null;
            final var _ = context.write(buffer, context.voidPromise()); // a failure reaches exceptionCaught
        }
    }

    /** Gives it to the channel and flushes. */
    void flush() {
        handOver();
        context.flush();
    }

    /** Bytes written since the last call. */
    long takeWritten() {
        final long bytes = written;
        written = 0;
        return bytes;
    }

    /** Drops what was not handed over: the channel is gone. */
    void release() {
        final ByteBuf buffer = current;
        if (buffer != null) {
            current = null;
            buffer.release();
        }
    }
}

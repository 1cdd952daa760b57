package io.t1.sidecar.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that came in and aren't answered yet. A read that holds whole frames is answered in place; only what is left of
 * it, half a frame, or frames whose answers the peer doesn't take, is kept, in one buffer that is reused.
 *
 * <p>Threading: the connection's event loop. Allocation: none in steady state.
 */
final class Inbound {
    private static final int LEAST_BYTES = 4 * 1024;
    private static final int MAX_IDLE_BYTES = 256 * 1024;

    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    private @Nullable ByteBuf kept;

    /** Takes a read; afterwards {@link #view} shows all that is unanswered. */
    void take(final ChannelHandlerContext context, final ByteBuf read) {
        final ByteBuf buffer = kept;
        if (buffer == null || !buffer.isReadable()) {
            show(read);
            return;
        }
        buffer.writeBytes(read);
        show(buffer);
    }

    /** Shows what was kept. */
    void resume() {
        final ByteBuf buffer = kept;
        if (buffer == null) {
            view.wrap(0, 0);
        } else {
            show(buffer);
        }
    }

    /** All that is unanswered. */
    UnsafeBuffer view() {
        return view;
    }

    /** Whether anything is kept. */
    boolean isEmpty() {
        return kept == null || !kept.isReadable();
    }

    /**
     * Ends the answering of a view.
     *
     * @param answered bytes of it that are done with.
     * @param read the read that it showed, if it did.
     */
    void answered(final ChannelHandlerContext context, final int answered, final @Nullable ByteBuf read) {
        ByteBuf buffer = kept;
        if (buffer != null && buffer.isReadable()) {
            buffer.skipBytes(answered);
            if (buffer.isReadable()) {
                buffer.discardReadBytes();
            } else if (buffer.capacity() > MAX_IDLE_BYTES) {
                release(); // a table passed through: no reason to hold on to its megabyte
            } else {
                buffer.clear();
            }
        } else if (read != null && answered < read.readableBytes()) {
            if (buffer == null) {
                buffer = context.alloc().directBuffer(Math.max(LEAST_BYTES, read.readableBytes() - answered));
                kept = buffer;
            }
            buffer.clear();
            buffer.writeBytes(read, read.readerIndex() + answered, read.readableBytes() - answered);
        }
    }

    /** Gives the memory back. */
    void release() {
        final ByteBuf buffer = kept;
        if (buffer != null) {
            kept = null;
            buffer.release();
        }
    }

    private void show(final ByteBuf bytes) {
        view.wrap(bytes.memoryAddress() + bytes.readerIndex(), bytes.readableBytes());
    }
}

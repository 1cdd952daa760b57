package io.t1.bench.load;

import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Frames over a Unix stream socket. Threading: one thread. */
public final class SocketPipe implements FramePipe {
    private static final int INBOUND_LENGTH = 1 << 21;

    private final SocketChannel channel;
    private final ByteBuffer inbound = ByteBuffer.allocateDirect(INBOUND_LENGTH);
    private final UnsafeBuffer frames = new UnsafeBuffer(inbound);

    private SocketPipe(final SocketChannel channel) {
        this.channel = channel;
    }

    /** Connects; the channel blocks or not as the waiting asks for. */
    public static SocketPipe connect(final Path socket, final Waiting waiting) throws IOException {
        final SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        try {
            channel.configureBlocking(waiting == Waiting.BLOCKING);
            return new SocketPipe(channel);
        } catch (final IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    public int offer(final DirectBuffer frames, final int offset, final int length) {
        final ByteBuffer bytes = frames.byteBuffer();
        if (bytes == null) {
            throw new IllegalArgumentException("frames lie on the heap; a socket wants a direct ByteBuffer");
        }
        bytes.limit(offset + length).position(offset);
        try {
            return channel.write(bytes);
        } catch (final IOException e) {
            throw new UncheckedIOException("sending to the server", e);
        }
    }

    @Override
    public int poll(final FrameHandler handler) {
        try {
            if (channel.read(inbound) < 0) {
                throw new EOFException("the server closed the connection");
            }
        } catch (final IOException e) {
            throw new UncheckedIOException("reading from the server", e);
        }
        final int arrived = inbound.position();
        int at = 0;
        int count = 0;
        while (arrived - at >= PREFIX_LENGTH) {
            final int length = PREFIX_LENGTH + frames.getInt(at, BYTE_ORDER);
            if (arrived - at < length) {
                break;
            }
            handler.onFrame(frames, at, length);
            at += length;
            count++;
        }
        if (at > 0) {
            inbound.limit(arrived).position(at);
            inbound.compact();
        }
        return count;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            throw new UncheckedIOException("closing a connection", e);
        }
    }
}

package io.t1.bench.load;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import io.t1.codec.FallbackDecision;
import io.t1.codec.FeatureDescription;
import io.t1.codec.TableDescription;
import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.frame.ReplyFrames;
import io.t1.codec.wire.HelloDecoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Answers every request at once but one, before which it does nothing for a while. Serves one connection. */
final class StallingServer implements AutoCloseable {
    private final ServerSocketChannel listening;
    private final Thread thread;
    private final int stallAt;
    private final long stallNs;
    private volatile long stalledNs;

    /** @param stallAt requests before the one that waits. */
    StallingServer(final Path socket, final int stallAt, final long stallNs) throws IOException {
        this.stallAt = stallAt;
        this.stallNs = stallNs;
        listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
        thread = Thread.ofPlatform().name("stalling-server").start(this::serve);
    }

    /** How long it really did nothing. */
    long stalledNs() {
        return stalledNs;
    }

    private void serve() {
        try (SocketChannel channel = listening.accept()) {
            final ByteBuffer bytes = ByteBuffer.allocateDirect(1 << 16);
            final UnsafeBuffer in = new UnsafeBuffer(bytes);
            final ByteBuffer reply = ByteBuffer.allocateDirect(4096);
            final UnsafeBuffer out = new UnsafeBuffer(reply);
            int requests = 0;
            while (channel.read(bytes) >= 0) {
                int at = 0;
                while (bytes.position() - at >= PREFIX_LENGTH
                        && bytes.position() - at >= PREFIX_LENGTH + in.getInt(at, BYTE_ORDER)) {
                    final int length;
                    if (in.getShort(at + PREFIX_LENGTH + 2, BYTE_ORDER) == HelloDecoder.TEMPLATE_ID) {
                        length = new ReplyFrames().helloAck(out, 0, 1, table());
                    } else {
                        if (requests++ == stallAt) {
                            stall();
                        }
                        length = decision(out, in.getLong(at + BODY_OFFSET, BYTE_ORDER));
                    }
                    for (reply.limit(length).position(0); reply.hasRemaining(); ) {
                        channel.write(reply);
                    }
                    reply.clear();
                    at += PREFIX_LENGTH + in.getInt(at, BYTE_ORDER);
                }
                bytes.flip().position(at);
                bytes.compact();
            }
        } catch (final IOException e) {
            if (listening.isOpen()) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void stall() {
        final long begun = System.nanoTime();
        for (long left = stallNs; left > 0; left = stallNs - (System.nanoTime() - begun)) {
            LockSupport.parkNanos(left);
        }
        stalledNs = System.nanoTime() - begun;
    }

    private static int decision(final UnsafeBuffer out, final long correlationId) {
        final DecideResponseFrame frame = new DecideResponseFrame().wrap(out, 0, correlationId, 1, 1);
        out.setMemory(frame.length() - 41, 41, (byte) 0); // the one decision: SKIP, no flag
        return frame.length();
    }

    private static TableDescription table() {
        final float[] knots = new float[FeatureDescription.KNOTS];
        for (int k = 0; k < knots.length; k++) {
            knots[k] = k;
        }
        return new TableDescription(
                1,
                1,
                1,
                1,
                FallbackDecision.SKIP,
                "00".repeat(32),
                List.of(new FeatureDescription("entropy", 0, knots)));
    }

    @Override
    public void close() throws IOException {
        listening.close();
        thread.interrupt();
        try {
            thread.join(10_000);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

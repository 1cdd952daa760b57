package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.codec.ring.RingIdle;
import io.t1.sidecar.transport.TransportKind;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AllocationIT {
    private static final int TRIES = 6;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path directory;

    /**
     * Decisions allocate nothing; what is left, far under a byte each, is what the JVM and Netty do now and then on the
     * thread (safepoints, a chunk of the task queue), whatever the number of decisions.
     */
    @ParameterizedTest
    @CsvSource({"1, 1, 20000", "16, 1, 100000", "4, 64, 100000"})
    void decidingAllocatesNothingOnTheEventLoop(final int frames, final int queries, final int decisions)
            throws IOException {
        try (LiveSidecar server =
                LiveSidecar.start(directory, context -> context.eventLoops(1).transport(TransportKind.EPOLL))) {
            server.publish(1);
            final byte[] request;
            final int replyBytes;
            try (RawClient raw = RawClient.greeted(server.sidecar().address())) {
                final byte[] frame = raw.decideFrame(1, queries);
                raw.send(frame);
                replyBytes = frames * raw.read().bytes().length;
                request = Arrays.copyOf(frame, frames * frame.length);
                for (int i = 1; i < frames; i++) {
                    System.arraycopy(frame, 0, request, i * frame.length, frame.length);
                }
            }
            try (SocketChannel channel = SocketChannel.open(
                    UnixDomainSocketAddress.of(server.sidecar().address()))) {
                hello(channel, server);
                final ByteBuffer out = ByteBuffer.allocateDirect(request.length).put(request);
                final ByteBuffer in = ByteBuffer.allocateDirect(replyBytes);
                final int rounds = decisions / (frames * queries);
                ask(channel, out, in, Math.max(rounds, 20_000 / frames));
                final long thread = eventLoop();
                // what a decision allocates it allocates in every try; what the JIT does once, it does in one
                long bytes = Long.MAX_VALUE;
                for (int attempt = 0; attempt < TRIES && bytes >= (long) rounds * frames * queries; attempt++) {
                    final long before = THREADS.getThreadAllocatedBytes(thread);
                    ask(channel, out, in, rounds);
                    bytes = THREADS.getThreadAllocatedBytes(thread) - before;
                }
                assertTrue(
                        bytes < (long) rounds * frames * queries,
                        bytes + " bytes for " + rounds + " x " + frames + " x " + queries);
            }
        }
    }

    /** The whole way of a decision, on the client's thread and on the one that serves its ring. */
    @ParameterizedTest
    @EnumSource
    void decidingOverARingAllocatesNothingOnEitherSide(final RingIdle idle) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.ringIdle(idle))) {
            server.publish(1);
            try (T1Client client = RingIT.ringClient(server.sidecar().address(), idle)) {
                final Decision decision = new Decision();
                final float[] row = new float[RandomTables.FEATURES];
                final int calls = 20_000;
                decide(client, row, decision, calls);
                final long serving = RingIT.thread("t1-ring-");
                final long asking = Thread.currentThread().threadId();
                long bytes = Long.MAX_VALUE;
                for (int attempt = 0; attempt < TRIES && bytes >= calls; attempt++) {
                    final long before =
                            THREADS.getThreadAllocatedBytes(serving) + THREADS.getThreadAllocatedBytes(asking);
                    decide(client, row, decision, calls);
                    bytes = THREADS.getThreadAllocatedBytes(serving) + THREADS.getThreadAllocatedBytes(asking) - before;
                }
                assertFalse(decision.degraded(), decision::toString);
                assertEquals(TransportChoice.RING, client.transport());
                assertTrue(bytes < calls, bytes + " bytes for " + calls);
            }
        }
    }

    private static void decide(final T1Client client, final float[] row, final Decision decision, final int calls) {
        for (int i = 0; i < calls; i++) {
            client.decide(row, decision);
        }
    }

    private static void hello(final SocketChannel channel, final LiveSidecar server) throws IOException {
        try (RawClient raw = RawClient.connect(server.sidecar().address())) {
            channel.write(ByteBuffer.wrap(raw.helloFrame(io.t1.codec.TableKey.DEFAULT)));
        }
        final ByteBuffer prefix = ByteBuffer.allocate(4).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        readFully(channel, prefix);
        readFully(channel, ByteBuffer.allocate(prefix.getInt(0)));
    }

    private static void ask(final SocketChannel channel, final ByteBuffer out, final ByteBuffer in, final int rounds)
            throws IOException {
        for (int i = 0; i < rounds; i++) {
            out.rewind();
            while (out.hasRemaining()) {
                channel.write(out);
            }
            in.clear();
            readFully(channel, in);
        }
    }

    private static void readFully(final SocketChannel channel, final ByteBuffer in) throws IOException {
        while (in.hasRemaining()) {
            if (channel.read(in) < 0) {
                throw new IOException("closed by the server");
            }
        }
    }

    private static long eventLoop() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("t1-loop"))
                .findFirst()
                .orElseThrow()
                .threadId();
    }
}

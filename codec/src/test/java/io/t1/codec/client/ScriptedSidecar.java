package io.t1.codec.client;

import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.ReplyFrames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.CloseHelper;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A peer on JDK channels that does what its script says: verified frames in, any bytes out. One thread a connection;
 * it allocates nothing per frame, so that a client's allocation can be told from the process's.
 */
final class ScriptedSidecar implements AutoCloseable {
    private static final int BUFFER_LENGTH = 2 << 20;

    /** What to do with a frame. */
    interface Script {
        void onFrame(Peer peer, DirectBuffer buffer, FrameVerifier frame) throws IOException;

        /** A new connection. */
        default void onConnect(final Peer peer) throws IOException {}
    }

    /** The other end of one connection. */
    static final class Peer {
        final SocketChannel channel;
        final ByteBuffer outgoing = ByteBuffer.allocateDirect(BUFFER_LENGTH);
        final UnsafeBuffer out = new UnsafeBuffer(outgoing);

        Peer(final SocketChannel channel) {
            this.channel = channel;
        }

        /** Sends the first bytes of {@link #out}. */
        void send(final int length) throws IOException {
            outgoing.clear().limit(length);
            while (outgoing.hasRemaining()) {
                channel.write(outgoing);
            }
        }

        void send(final byte[] bytes) throws IOException {
            out.putBytes(0, bytes);
            send(bytes.length);
        }

        void close() throws IOException {
            channel.close();
        }
    }

    private final List<SocketChannel> connections = new CopyOnWriteArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private final AtomicInteger accepted = new AtomicInteger();
    private final ServerSocketChannel listener;
    private final SocketAddress address;
    private final Script script;

    private ScriptedSidecar(final ServerSocketChannel listener, final SocketAddress address, final Script script)
            throws IOException {
        this.listener = listener;
        this.script = script;
        listener.bind(address);
        this.address = listener.getLocalAddress();
        start("accept", this::accept);
    }

    static ScriptedSidecar onUnixSocket(final Path path, final Script script) throws IOException {
        Files.deleteIfExists(path);
        return new ScriptedSidecar(
                ServerSocketChannel.open(StandardProtocolFamily.UNIX), UnixDomainSocketAddress.of(path), script);
    }

    static ScriptedSidecar onLoopback(final Script script) throws IOException {
        return new ScriptedSidecar(
                ServerSocketChannel.open(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script);
    }

    int port() {
        return ((InetSocketAddress) address).getPort();
    }

    /** Connections ever made. */
    int accepted() {
        return accepted.get();
    }

    /** Frames that the verifier refused, and why. */
    List<String> faults() {
        return faults;
    }

    /** Breaks every connection and goes on listening. */
    void dropConnections() {
        CloseHelper.quietCloseAll(connections);
        connections.clear();
    }

    private void accept() {
        try {
            while (true) {
                final SocketChannel channel = listener.accept();
                accepted.incrementAndGet();
                connections.add(channel);
                start("connection", () -> serve(new Peer(channel)));
            }
        } catch (final IOException e) {
            // closed
        }
    }

    private void serve(final Peer peer) {
        final FrameVerifier verifier = new FrameVerifier();
        final ByteBuffer incoming = ByteBuffer.allocateDirect(BUFFER_LENGTH);
        final UnsafeBuffer in = new UnsafeBuffer(incoming);
        try (SocketChannel channel = peer.channel) {
            script.onConnect(peer);
            while (channel.read(incoming) >= 0) {
                final int arrived = incoming.position();
                int at = 0;
                while (at < arrived) {
                    final FrameVerdict verdict = verifier.verify(in, at, arrived - at);
                    if (verdict == FrameVerdict.INCOMPLETE) {
                        break;
                    }
                    if (verdict == FrameVerdict.VALID) {
                        script.onFrame(peer, in, verifier);
                    } else {
                        refuse(peer, verifier);
                    }
                    if (verdict.closesConnection()) {
                        return;
                    }
                    at += verifier.frameLength();
                }
                incoming.limit(arrived).position(at);
                incoming.compact();
            }
        } catch (final IOException e) {
            // the other end has gone, or this one was told to
        }
    }

    private void refuse(final Peer peer, final FrameVerifier frame) throws IOException {
        faults.add(frame.verdict() + ": " + frame.reason());
        peer.send(new ReplyFrames()
                .error(
                        peer.out,
                        0,
                        frame.correlationId(),
                        frame.verdict().errorCode().orElseThrow(),
                        frame.reason()));
    }

    private void start(final String name, final Runnable task) {
        final Thread thread = new Thread(task, "scripted-sidecar-" + name);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        dropConnections();
        if (address instanceof final UnixDomainSocketAddress unix) {
            Files.deleteIfExists(unix.getPath());
        }
        for (final Thread thread : threads) {
            Await.until(thread + " has ended", () -> !thread.isAlive());
        }
    }
}

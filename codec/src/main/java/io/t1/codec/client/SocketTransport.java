package io.t1.codec.client;

import static io.t1.codec.frame.FrameDescriptor.MAX_FRAME_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.PREFIX_LENGTH;

import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.poll.PollMode;
import io.t1.codec.poll.SpinWindow;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.CloseHelper;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames over a Unix domain socket or TCP, by a channel that doesn't block and a selector. A wait is spun, by reading
 * again and again, as long as its {@link SpinWindow} says; the rest of it is slept in the selector.
 *
 * <p>Threading: one thread. Allocation: none once both buffers have grown to the frames in use.
 */
final class SocketTransport implements Transport {
    private static final int INITIAL_LENGTH = 128 * 1024;
    private static final int MAX_LENGTH = PREFIX_LENGTH + MAX_FRAME_LENGTH;
    /** A selector counts in milliseconds; what is left of a deadline below that is waited for in steps of this. */
    private static final long PARK_NS = 20_000;

    private final FrameVerifier verifier = new FrameVerifier();
    private final UnsafeBuffer claimed = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer inbound = new UnsafeBuffer(0, 0);
    private final SpinWindow spinning;
    private final SocketChannel channel;
    private final Selector selector;
    private final SelectionKey key;
    private ByteBuffer outgoing = ByteBuffer.allocateDirect(INITIAL_LENGTH).limit(0); // position..limit wait to leave
    private ByteBuffer incoming = ByteBuffer.allocateDirect(INITIAL_LENGTH); // 0..position have arrived
    private State state;
    private int received; // by a read that poll hasn't looked at yet; -1: the end
    private String closeReason = "not closed";

    /** Takes the channel over and closes it, also if this throws. */
    SocketTransport(final SocketChannel channel, final PollMode mode) throws IOException {
        this.channel = channel;
        spinning = new SpinWindow(mode);
        @Nullable Selector opened = null;
        try {
            opened = channel.provider().openSelector();
            state = channel.isConnected() ? State.OPEN : State.CONNECTING;
            key = channel.register(opened, state == State.OPEN ? SelectionKey.OP_READ : SelectionKey.OP_CONNECT);
            selector = opened;
        } catch (final IOException | RuntimeException e) {
            CloseHelper.quietCloseAll(opened, channel);
            throw e;
        }
        inbound.wrap(incoming);
    }

    @Override
    public State state() {
        if (state == State.CONNECTING) {
            try {
                if (channel.finishConnect()) {
                    state = State.OPEN;
                    key.interestOps(SelectionKey.OP_READ);
                }
            } catch (final IOException e) {
                close(e);
            }
        }
        return state;
    }

    @Override
    public String closeReason() {
        return closeReason;
    }

    @Override
    public @Nullable MutableDirectBuffer claim(final int length) {
        ByteBuffer out = outgoing;
        if (out.capacity() - out.limit() < length) {
            flush();
            out = outgoing;
            if (!out.hasRemaining() && out.capacity() < length) {
                out = grown(length).limit(0);
                outgoing = out;
            } else if (out.capacity() - out.remaining() >= length) {
                out.compact().flip();
            } else {
                return null;
            }
        }
        claimed.wrap(out, out.limit(), length);
        return claimed;
    }

    @Override
    public void commit(final int length) {
        outgoing.limit(outgoing.limit() + length);
    }

    @Override
    public void flush() {
        final ByteBuffer out = outgoing;
        if (state != State.OPEN || !out.hasRemaining()) {
            return;
        }
        try {
            channel.write(out);
            if (!out.hasRemaining()) {
                out.clear().limit(0);
            }
        } catch (final IOException e) {
            close(e);
        }
    }

    @Override
    public int poll(final FrameHandler handler) {
        flush();
        if (state != State.OPEN) {
            return 0;
        }
        if (received == 0) {
            receive();
        }
        final int read = received;
        received = 0;
        final int frames = incoming.position() == 0 ? 0 : deliver(handler);
        if (read < 0 && state == State.OPEN) {
            close("the sidecar closed the connection");
        }
        return frames;
    }

    /** Reads what has arrived, if anything has. */
    private void receive() {
        try {
            received = channel.read(incoming);
        } catch (final IOException e) {
            close(e);
        }
    }

    private int deliver(final FrameHandler handler) {
        final int arrived = incoming.position();
        int frames = 0;
        int at = 0;
        while (state == State.OPEN && at < arrived) {
            final FrameVerdict verdict = verifier.verify(inbound, at, arrived - at);
            if (verdict == FrameVerdict.INCOMPLETE) {
                break;
            }
            if (verdict.closesConnection()) {
                close("the sidecar sent no frame of this protocol: " + verifier.reason());
                break;
            }
            at += verifier.frameLength();
            frames++;
            handler.onFrame(inbound, verifier);
        }
        if (state == State.OPEN) {
            keepFrom(at, arrived);
        }
        return frames;
    }

    /** Moves the start of an unfinished frame to the front, into a longer buffer if it needs one. */
    private void keepFrom(final int at, final int arrived) {
        final int needed = at < arrived ? verifier.frameLength() : 0;
        if (needed > incoming.capacity()) {
            final ByteBuffer longer = grown(needed);
            longer.put(incoming.flip().position(at));
            incoming = longer;
            inbound.wrap(longer);
        } else if (at > 0) {
            incoming.limit(arrived).position(at);
            incoming.compact();
        }
    }

    @Override
    public void await(final long nanos) {
        final long begunNs = System.nanoTime();
        final long windowNs = spinning.nanos();
        if (windowNs > 0 && spin(begunNs, Math.min(nanos, windowNs))) {
            spinning.spun();
            return;
        }
        final long leftNs = windowNs == 0 ? nanos : nanos - (System.nanoTime() - begunNs);
        if (leftNs > 0 && state != State.CLOSED) {
            sleep(leftNs);
        }
        spinning.slept(System.nanoTime() - begunNs);
    }

    /** Whether anything came within so many nanoseconds; false at once while there is something to wait for but reading. */
    private boolean spin(final long begunNs, final long nanos) {
        if (outgoing.hasRemaining()) {
            return false;
        }
        while (state == State.OPEN) {
            receive();
            if (received != 0) {
                return true;
            }
            if (System.nanoTime() - begunNs >= nanos) {
                return false;
            }
        }
        return false;
    }

    private void sleep(final long nanos) {
        final long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
        if (millis == 0) {
            LockSupport.parkNanos(this, Math.min(nanos, PARK_NS));
            return;
        }
        try {
            if (state == State.OPEN) {
                final int ops =
                        outgoing.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
                if (key.interestOps() != ops) {
                    key.interestOps(ops);
                }
            }
            selector.select(SocketTransport::selected, millis);
        } catch (final IOException e) {
            close(e);
        }
    }

    /** What is ready doesn't matter: poll and flush find out. */
    private static void selected(final SelectionKey key) {}

    @Override
    public void close() {
        close("closed by this client");
    }

    private void close(final IOException cause) {
        close(cause.getMessage() == null ? cause.toString() : cause.getMessage());
    }

    private void close(final String reason) {
        if (state != State.CLOSED) {
            state = State.CLOSED;
            closeReason = reason;
            CloseHelper.quietCloseAll(selector, channel);
        }
    }

    private static ByteBuffer grown(final int needed) {
        return ByteBuffer.allocateDirect(Math.min(MAX_LENGTH, Integer.highestOneBit(needed - 1) << 1));
    }
}

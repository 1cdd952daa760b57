package io.t1.codec.client;

import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.RingFrames;
import io.t1.codec.frame.RingGrant;
import io.t1.codec.ring.RingConsumer;
import io.t1.codec.ring.RingFile;
import io.t1.codec.wire.RingMapping;
import io.t1.codec.wire.RingOpenedDecoder;
import io.t1.codec.wire.RingWaiting;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Frames of the decision path over a ring in shared memory, all others over the Unix socket by which the ring was opened.
 *
 * <p>The socket stays open as long as the ring is used: it tells that the sidecar has gone, which the ring can't, and
 * wakes this side when it sleeps. Where no ring is to be had, everything goes over the socket, and {@link #fault()} says
 * why.
 *
 * <p>Threading: one thread. Allocation: none once the ring is mapped.
 */
final class RingTransport implements Transport {
    private static final int MAX_RING_MESSAGE = 64;

    /** Of OpenRing: no other request's. */
    private static final long OPEN_RING_ID = Session.CONTROL >>> 1;

    /** How long the socket may go unread while the ring is empty: a crash is noticed within it. */
    private static final long LOOK_AT_SOCKET_NS = 1_000_000;

    /** Polls that may find nothing before the socket is looked at: an answer under way shouldn't wait for a system call. */
    private static final int EMPTY_POLLS = 2;

    private enum Phase {
        UNASKED,
        ASKED,
        RING,
        SOCKET
    }

    private final RingFrames frames = new RingFrames();
    private final ServerErrors errors = new ServerErrors();
    private final RingOpenedDecoder opened = new RingOpenedDecoder();
    private final FrameVerifier verifier = new FrameVerifier();
    private final FrameHandler fromSocket = this::onSocketFrame;
    private final Transport socket;
    private final RingWait wait;
    private final NanoClock clock;
    private Phase phase = Phase.UNASKED;
    private @Nullable RingEnds ring;
    private @Nullable FrameHandler handler;
    private String fault = "";
    private String brokenReason = "";
    private boolean claimedOnSocket;
    private boolean unannounced; // frames were published since the server's sleep was last looked at
    private int emptyPolls;
    private long lookedAtNs;

    /** Takes a connection over the Unix socket over. */
    RingTransport(final Transport socket, final RingWait wait, final NanoClock clock) {
        this.socket = socket;
        this.wait = wait;
        this.clock = clock;
    }

    @Override
    public State state() {
        final State state = socket.state();
        if (state == State.OPEN && (phase == Phase.UNASKED || phase == Phase.ASKED)) {
            if (phase == Phase.UNASKED) {
                ask();
            }
            return State.CONNECTING;
        }
        return state;
    }

    private void ask() {
        final MutableDirectBuffer buffer = socket.claim(MAX_RING_MESSAGE);
        if (buffer != null) {
            socket.commit(frames.openRing(buffer, 0, OPEN_RING_ID, wait.waiting()));
            socket.flush();
            phase = Phase.ASKED;
        }
    }

    private void onSocketFrame(final DirectBuffer buffer, final FrameVerifier frame) {
        final boolean valid = frame.verdict() == FrameVerdict.VALID;
        if (valid && frame.kind() == MessageKind.WAKE) {
            return; // it did: what woke us is in the ring
        }
        if (phase == Phase.ASKED && valid && frame.correlationId() == OPEN_RING_ID) {
            if (frame.kind() == MessageKind.RING_OPENED) {
                map(buffer, frame);
                return;
            }
            if (frame.kind() == MessageKind.ERROR) {
                stayOnSocket(
                        "the sidecar lends no ring: " + errors.code(buffer, frame) + ": " + errors.text(buffer, frame));
                return;
            }
        }
        final FrameHandler handler = this.handler;
        if (handler != null) {
            handler.onFrame(buffer, frame);
        }
    }

    private void map(final DirectBuffer buffer, final FrameVerifier frame) {
        opened.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final RingWaiting serverWaits = opened.waiting();
        final long ringId = opened.ringId();
        final int fileBytes = (int) opened.fileBytes();
        final int requestBytes = (int) opened.requestBytes();
        final int responseBytes = (int) opened.responseBytes();
        final RingGrant grant =
                new RingGrant(opened.path(), ringId, fileBytes, requestBytes, responseBytes, serverWaits);
        try {
            ring = new RingEnds(RingFile.open(grant), serverWaits);
            phase = Phase.RING;
            answer(RingMapping.MAPPED);
        } catch (final IOException | InvalidPathException e) {
            stayOnSocket("the sidecar's ring " + grant.path() + " can't be mapped: " + e);
            answer(RingMapping.UNREACHABLE);
        }
    }

    private void answer(final RingMapping result) {
        final MutableDirectBuffer buffer = socket.claim(MAX_RING_MESSAGE);
        if (buffer == null) {
            close(); // nothing else was sent yet: this doesn't happen to a live connection
            return;
        }
        socket.commit(frames.ringMapped(buffer, 0, OPEN_RING_ID, result));
        socket.flush();
    }

    private void stayOnSocket(final String reason) {
        fault = reason;
        phase = Phase.SOCKET;
    }

    @Override
    public TransportChoice carrier() {
        return phase == Phase.RING ? TransportChoice.RING : TransportChoice.SOCKET;
    }

    @Override
    public String fault() {
        return fault;
    }

    @Override
    public String closeReason() {
        return brokenReason.isEmpty() ? socket.closeReason() : brokenReason;
    }

    @Override
    public @Nullable MutableDirectBuffer claim(final int length) {
        final RingEnds ring = this.ring;
        claimedOnSocket = ring == null;
        return ring == null ? socket.claim(length) : ring.requests.reserve(length);
    }

    @Override
    public @Nullable MutableDirectBuffer claimControl(final int length) {
        claimedOnSocket = true;
        return socket.claim(length);
    }

    @Override
    public void commit(final int length) {
        final RingEnds ring = this.ring;
        if (claimedOnSocket || ring == null) {
            socket.commit(length);
        } else {
            ring.requests.commit(length);
            unannounced = true;
        }
    }

    @Override
    public void flush() {
        wakeServer();
        socket.flush();
    }

    private void wakeServer() {
        final RingEnds ring = this.ring;
        if (unannounced && ring != null) {
            unannounced = false;
            if (ring.serverSleeps && ring.serverSleep.takeSleeper()) {
                final MutableDirectBuffer buffer = socket.claim(RingFrames.WAKE_LENGTH);
                if (buffer != null) { // without room the server has much to read: it is awake
                    socket.commit(frames.wake(buffer, 0));
                    socket.flush();
                }
            }
        }
    }

    /** Hands over one frame of the ring, or what the socket has when it is time to look there. */
    @Override
    public int poll(final FrameHandler handler) {
        final RingEnds ring = this.ring;
        if (ring == null) {
            return pollSocket(handler);
        }
        wakeServer();
        final int length = ring.responses.read();
        if (length > 0) {
            emptyPolls = 0;
            wait.reset();
            return deliver(ring.responses.frame(), length, handler);
        }
        if (length == RingConsumer.BROKEN) {
            breakOff("the ring holds what no sidecar writes");
            return 0;
        }
        if (++emptyPolls > EMPTY_POLLS) {
            final long nowNs = clock.nanoTime();
            if (nowNs - lookedAtNs > LOOK_AT_SOCKET_NS) {
                lookedAtNs = nowNs;
                return pollSocket(handler);
            }
        }
        return 0;
    }

    private int deliver(final UnsafeBuffer frame, final int length, final FrameHandler handler) {
        final FrameVerdict verdict = verifier.verify(frame, 0, length);
        if (verdict.closesConnection() || verifier.frameLength() != length) {
            breakOff("the sidecar wrote no frame of this protocol into the ring: " + verifier.reason());
            return 0;
        }
        handler.onFrame(frame, verifier);
        return 1;
    }

    private int pollSocket(final FrameHandler handler) {
        this.handler = handler;
        return socket.poll(fromSocket);
    }

    /** The ring can't be believed any more: ends the connection, so that the session makes another. */
    private void breakOff(final String reason) {
        brokenReason = reason;
        socket.close();
    }

    @Override
    public void await(final long nanos) {
        final RingEnds ring = this.ring;
        if (ring == null) {
            socket.await(nanos);
        } else if (wait.forFrame(ring, socket, nanos)) {
            lookedAtNs =
                    clock.nanoTime() - LOOK_AT_SOCKET_NS - 1; // it slept on the socket, which may have a Wake to read
            emptyPolls = EMPTY_POLLS;
        }
    }

    /** Unmaps the ring, too: no frame of it is looked at any more. */
    @Override
    public void close() {
        final RingEnds ring = this.ring;
        this.ring = null;
        phase = Phase.SOCKET;
        socket.close();
        if (ring != null) {
            ring.close();
        }
    }
}

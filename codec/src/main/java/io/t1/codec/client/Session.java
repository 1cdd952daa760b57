package io.t1.codec.client;

import io.t1.codec.FallbackDecision;
import io.t1.codec.TableDescription;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.RequestFrames;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection and its Hello alive: connects, says hello, comes back with backoff when either fails, and says
 * hello again when the table's features have changed. It moves on only when {@link #advance} and {@link #poll} are
 * called; nothing here waits but {@link #awaitReady} and {@link #await}.
 *
 * <p>Threading: one thread. Allocation: none while the connection and the table stay.
 */
final class Session implements Transport.FrameHandler, AutoCloseable {
    /** Marks the correlation ids of what isn't a DecideRequest, whose ids count up from 1 without a gap. */
    static final long CONTROL = 1L << 62;

    /** Hears of what the session doesn't handle itself. */
    interface Listener {
        /** A VALID frame that is neither HelloAck nor a refused Hello. */
        void onReply(DirectBuffer buffer, FrameVerifier frame);

        /** What was asked on this connection won't be answered. */
        void onDisconnect();
    }

    private final RequestFrames frames = new RequestFrames();
    private final ServerErrors errors = new ServerErrors();
    private final ExpandableArrayBuffer scratch = new ExpandableArrayBuffer();
    private final ClientContext context;
    private final Connector connector;
    private final NanoClock clock;
    private final Listener listener;
    private final HelloExchange hello;
    private final Backoff backoff;
    private final long connectTimeoutNs;
    private @Nullable Transport transport;
    private String lastFault = "";
    private long openedAtNs;
    private long retryAtNs;
    private long firstIdSinceAck;
    private long nextId = 1;
    private long nextControlId = CONTROL;
    private boolean closed;

    Session(final ClientContext context, final Connector connector, final Listener listener) {
        this.context = context;
        this.connector = connector;
        this.listener = listener;
        clock = context.nanoClock();
        hello = new HelloExchange(context);
        backoff = context.newBackoff(0);
        connectTimeoutNs = context.connectTimeoutNs();
        retryAtNs = clock.nanoTime();
    }

    /** Moves connecting and saying hello on, as far as that goes now. */
    void advance(final long nowNs) {
        if (transport == null && !closed && nowNs - retryAtNs >= 0) {
            connect(nowNs);
        }
        final Transport transport = this.transport;
        if (transport == null) {
            return;
        }
        switch (transport.state()) {
            case OPEN -> advanceHello(transport, nowNs);
            case CLOSED -> disconnect(transport.closeReason());
            case CONNECTING -> {
                if (nowNs - openedAtNs > connectTimeoutNs) {
                    disconnect("no connection within " + millis(connectTimeoutNs) + " ms");
                }
            }
        }
    }

    private void connect(final long nowNs) {
        try {
            transport = connector.open();
            openedAtNs = nowNs;
            hello.reset();
        } catch (final IOException e) {
            lastFault = e.getMessage() == null ? e.toString() : e.getMessage();
            retryAtNs = nowNs + backoff.nextDelayNs();
        }
    }

    private void advanceHello(final Transport transport, final long nowNs) {
        if (hello.isDue(nowNs)) {
            if (!transport.fault().isEmpty()) {
                lastFault = transport.fault();
            }
            final long id = nextControlId();
            if (send(transport, frames.hello(scratch, 0, id, context.tableKey(), context.clientName()))) {
                transport.flush();
                hello.sent(id, nowNs);
            }
        } else if (hello.isOverdue(nowNs, connectTimeoutNs)) {
            disconnect("no answer to Hello within " + millis(connectTimeoutNs) + " ms");
        }
    }

    /** Lets the next {@link #advance} connect, or say hello, without waiting for a backoff to end. */
    void retryNow() {
        retryAtNs = clock.nanoTime();
        hello.retryAt(retryAtNs);
    }

    /** Takes in what has arrived; how many frames. */
    int poll() {
        final Transport transport = this.transport;
        if (transport == null) {
            return 0;
        }
        final int polled = transport.poll(this);
        if (transport.state() == Transport.State.CLOSED) {
            disconnect(transport.closeReason());
        }
        return polled;
    }

    @Override
    public void onFrame(final DirectBuffer buffer, final FrameVerifier frame) {
        if (frame.verdict() == FrameVerdict.UNKNOWN_MESSAGE) {
            return; // a newer sidecar's
        }
        if (frame.verdict() != FrameVerdict.VALID) {
            disconnect("the sidecar sent a message that can't be: " + frame.reason());
            return;
        }
        if (hello.onReply(buffer, frame, clock.nanoTime())) {
            onHelloReply();
        } else if (frame.kind() == MessageKind.ERROR && frame.correlationId() == 0) {
            lastFault = errors.code(buffer, frame) + ": " + errors.text(buffer, frame);
        } else if (frame.kind() != MessageKind.HELLO_ACK) {
            listener.onReply(buffer, frame);
        }
    }

    private void onHelloReply() {
        if (hello.isAcked()) {
            firstIdSinceAck = nextId;
            backoff.reset();
        } else {
            lastFault = hello.fault();
        }
    }

    /** Says hello again at the next {@link #advance}, unless that was done after this request had left. */
    void onStaleFeatures(final long correlationId) {
        if (hello.isAcked() && correlationId >= firstIdSinceAck) {
            hello.reset();
        }
    }

    /** Ends the connection; a later {@link #advance} makes another, at once if this one had served for a while. */
    void disconnect(final String fault) {
        final Transport transport = this.transport;
        if (transport != null) {
            final long nowNs = clock.nanoTime();
            final boolean hadLasted = hello.isAcked() && nowNs - openedAtNs > context.reconnectBackoffMaxNs();
            retryAtNs = hadLasted ? nowNs : nowNs + backoff.nextDelayNs();
            lastFault = fault;
            this.transport = null;
            hello.reset();
            transport.close();
            listener.onDisconnect();
        }
    }

    /** Advances until decisions can be asked for. Returns at once when that takes a backoff. */
    DegradedReason awaitReady(final long deadlineNs) {
        while (true) {
            final long nowNs = clock.nanoTime();
            advance(nowNs);
            if (isReady()) {
                return DegradedReason.NONE;
            }
            if (transport == null || hello.isRefused()) {
                return notReadyReason();
            }
            if (nowNs - deadlineNs >= 0) {
                return isOpen() ? DegradedReason.DEADLINE : DegradedReason.NOT_CONNECTED;
            }
            if (Thread.currentThread().isInterrupted()) {
                return DegradedReason.INTERRUPTED;
            }
            if (poll() == 0) {
                await(deadlineNs - nowNs);
            }
        }
    }

    /** Waits for something to {@link #poll}, or for the time to connect again, at most {@code nanos}. */
    void await(final long nanos) {
        final Transport transport = this.transport;
        if (transport != null) {
            transport.await(nanos);
        } else {
            final long untilRetryNs = closed ? nanos : retryAtNs - clock.nanoTime();
            if (untilRetryNs > 0) {
                LockSupport.parkNanos(this, Math.min(nanos, untilRetryNs));
            }
        }
    }

    /**
     * Queues a request.
     *
     * @return NONE, or why it can't go.
     */
    DegradedReason send(final DecideCall call, final long correlationId, final long remainingNs) {
        final Transport transport = this.transport;
        final TableDescription table = hello.table();
        final FeatureMapping mapping = hello.mapping();
        if (transport == null || table == null || mapping == null || !hello.isAcked()) {
            return notReadyReason();
        }
        if (call.isStaleFor(table)) {
            return DegradedReason.STALE_FEATURES;
        }
        final int length = call.frameLength(mapping);
        final MutableDirectBuffer buffer = transport.claim(length);
        if (buffer == null) {
            return DegradedReason.BACK_PRESSURE;
        }
        call.write(buffer, table, mapping, correlationId, remainingNs);
        transport.commit(length);
        return DegradedReason.NONE;
    }

    /** Queues the {@code length} bytes of a frame in {@link #scratch()}; whether there was room. */
    boolean sendScratch(final int length) {
        final Transport transport = this.transport;
        return transport != null && transport.state() == Transport.State.OPEN && send(transport, length);
    }

    /** The same for a frame that isn't of the decision path. */
    boolean sendControlScratch(final int length) {
        final Transport transport = this.transport;
        if (transport == null || transport.state() != Transport.State.OPEN) {
            return false;
        }
        final MutableDirectBuffer buffer = transport.claimControl(length);
        if (buffer == null) {
            return false;
        }
        buffer.putBytes(0, scratch, 0, length);
        transport.commit(length);
        return true;
    }

    private boolean send(final Transport transport, final int length) {
        final MutableDirectBuffer buffer = transport.claim(length);
        if (buffer == null) {
            return false;
        }
        buffer.putBytes(0, scratch, 0, length);
        transport.commit(length);
        return true;
    }

    /** Sends what is queued, as far as it goes. */
    void flush() {
        final Transport transport = this.transport;
        if (transport != null) {
            transport.flush();
        }
    }

    MutableDirectBuffer scratch() {
        return scratch;
    }

    RequestFrames frames() {
        return frames;
    }

    /** The next id of a DecideRequest, from 1 on without a gap. */
    long nextId() {
        return nextId++;
    }

    long nextControlId() {
        return nextControlId++;
    }

    /** What carries decisions now. */
    TransportChoice carrier() {
        final Transport transport = this.transport;
        return transport == null ? TransportChoice.SOCKET : transport.carrier();
    }

    boolean isReady() {
        return transport != null && hello.isAcked();
    }

    /** Whether a request can go now, without {@link #advance}. */
    boolean isServing() {
        final Transport transport = this.transport;
        return transport != null && hello.isAcked() && transport.state() == Transport.State.OPEN;
    }

    /** Whether there is a connection on which Hello has been said: anything may be sent after it. */
    boolean isOpen() {
        return transport != null && !hello.isUnsent();
    }

    boolean isConnected() {
        return transport != null;
    }

    /** Why {@link #isReady()} is false. */
    DegradedReason notReadyReason() {
        if (transport == null) {
            return DegradedReason.NOT_CONNECTED;
        }
        return hello.isRefused() ? hello.refusal() : DegradedReason.NOT_READY;
    }

    /** The last fault of the connection or of the Hello, for people; empty when there was none. */
    String lastFault() {
        return lastFault;
    }

    FallbackDecision fallback() {
        return hello.fallback();
    }

    @Nullable
    TableDescription table() {
        return hello.table();
    }

    @Override
    public void close() {
        closed = true;
        disconnect("closed by this client");
    }

    private static long millis(final long nanos) {
        return TimeUnit.NANOSECONDS.toMillis(nanos);
    }
}

package io.t1.sidecar.transport;

import io.netty.channel.Channel;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.RingFrames;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.OpenRingDecoder;
import io.t1.codec.wire.RingMappedDecoder;
import io.t1.codec.wire.RingMapping;
import io.t1.codec.wire.RingWaiting;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens a ring for one connection, carries the Wakes of both sides, and gives the ring back when the connection ends.
 *
 * <p>Threading: the connection's event loop, but {@link #wake} and {@link #lost}, which are the ring's thread's.
 */
final class RingEndpoint implements RingClient {
    private static final Logger LOG = LoggerFactory.getLogger(RingEndpoint.class);

    private final RingFrames frames = new RingFrames();
    private final AtomicBoolean waking = new AtomicBoolean();
    private final Runnable sendWake = this::sendWake;
    private final RingHost rings;
    private final DecisionLoop loop;
    private final Channel channel;
    private final Outbound out;
    private final Refusals refusals;
    private @Nullable RingLease lease;
    private boolean asked;

    RingEndpoint(
            final RingHost rings,
            final DecisionLoop loop,
            final Channel channel,
            final Outbound out,
            final Refusals refusals) {
        this.rings = rings;
        this.loop = loop;
        this.channel = channel;
        this.out = out;
        this.refusals = refusals;
    }

    /** Answers OpenRing, later. */
    void open(final UnsafeBuffer in) {
        if (channel.localAddress() instanceof InetSocketAddress) {
            refusals.refuse(ErrorCode.NOT_PERMITTED, "a ring is opened over the Unix socket");
            return;
        }
        if (asked) {
            refusals.refuse(ErrorCode.INVALID_REQUEST, "rings of this connection=1, the limit");
            return;
        }
        asked = true;
        final FrameVerifier frame = loop.verifier;
        final var open = new OpenRingDecoder().wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version());
        final int layoutVersion = open.layoutVersion();
        final RingWaiting waiting = open.waiting();
        final long correlationId = frame.correlationId();
        final var _ = rings.open(layoutVersion, waiting, this)
                .thenAccept(answer -> channel.eventLoop().execute(() -> opened(correlationId, answer)));
    }

    private void opened(final long correlationId, final RingHost.Answer answer) {
        switch (answer) {
            case RingHost.Refused(final var code, final var text) -> {
                asked = false;
                if (channel.isActive()) {
                    refusals.refuse(correlationId, code, text);
                    flush();
                }
            }
            case RingHost.Lent(final var lent) -> {
                if (!channel.isActive()) {
                    lent.end();
                    return;
                }
                lease = lent;
                final int length = frames.ringOpened(loop.replyBuffer, 0, correlationId, lent.grant());
                out.reserve(length).putBytes(0, loop.replyBuffer, 0, length);
                out.commit(length);
                flush();
            }
        }
    }

    /** Takes in what the client says of the ring. */
    void mapped(final UnsafeBuffer in) {
        final FrameVerifier frame = loop.verifier;
        final RingMapping result = new RingMappedDecoder()
                .wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version())
                .result();
        final RingLease lease = this.lease;
        if (lease == null) {
            refusals.refuse(ErrorCode.INVALID_REQUEST, "this connection has no ring");
        } else if (result == RingMapping.MAPPED) {
            lease.mapped();
        } else {
            end();
        }
    }

    /** The client says that there is something in its ring. */
    void wakeServer() {
        final RingLease lease = this.lease;
        if (lease != null) {
            lease.wake();
        }
    }

    /** Gives the ring back. */
    void end() {
        final RingLease lease = this.lease;
        this.lease = null;
        if (lease != null) {
            lease.end();
        }
    }

    /** At most one Wake is under way, however often a client says that it sleeps. */
    @Override
    public void wake() {
        if (waking.compareAndSet(false, true)) {
            channel.eventLoop().execute(sendWake);
        }
    }

    @Override
    public void lost(final String reason) {
        LOG.warn("a client's ring has ended, its connection closes: {}", reason);
        final var _ = channel.close();
    }

    private void sendWake() {
        waking.set(false);
        if (channel.isActive() && channel.isWritable()) { // one that doesn't read its socket finds out by its deadline
            out.commit(frames.wake(out.reserve(RingFrames.WAKE_LENGTH), 0));
            flush();
        }
    }

    private void flush() {
        out.flush();
        loop.stats.bytes(0, out.takeWritten());
    }
}

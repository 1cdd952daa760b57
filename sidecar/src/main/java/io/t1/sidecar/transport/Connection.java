package io.t1.sidecar.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.t1.codec.frame.FrameVerdict;
import io.t1.codec.wire.ErrorCode;
import io.t1.sidecar.tables.ControlReply;
import java.io.IOException;
import org.agrona.concurrent.UnsafeBuffer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client: cuts what it sends into frames, verifies each, has it answered, and writes the answers in the order that
 * the requests came in, one flush a read.
 *
 * <p>While a client doesn't take its answers, it isn't read either: what waits for it is bounded by the channel's high
 * watermark and one buffer. A frame that can't be believed is answered by a typed Error, and where the place of the next
 * one is lost, the connection closes; no other notices.
 *
 * <p>Threading: its event loop. Allocation: none for decisions in steady state.
 */
final class Connection extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);

    private final ServerParts server;
    private final RingHost ringHost;
    private final Admission admission;
    private final DecisionLoop loop;
    private final Inbound inbound = new Inbound();
    private Outbound out;
    private DecisionFrames decisions;
    private RingEndpoint rings;
    private ControlEndpoint controls;
    private long arrivedNanos;
    private boolean answering;
    private boolean closing;

    @SuppressWarnings("NullAway.Init") // the rest comes with the channel's context, before any event
    Connection(final ServerParts server, final RingHost ringHost, final Admission admission, final DecisionLoop loop) {
        this.admission = admission;
        this.server = server;
        this.ringHost = ringHost;
        this.loop = loop;
    }

    @Override
    public void handlerAdded(final ChannelHandlerContext context) {
        out = new Outbound(context);
        decisions = new DecisionFrames(server, loop, out);
        rings = new RingEndpoint(ringHost, loop, context.channel(), out, decisions.refusals());
        controls = new ControlEndpoint(server, loop, context.channel(), out, decisions.refusals(), rings);
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        loop.stats.connectionOpened();
        final ControlReply.Refused refusal = admission.refusal(context.channel());
        if (refusal != null) {
            LOG.warn("connection refused, {}: {}", refusal.code(), refusal.text());
            decisions.refusals().refuse(0, refusal.code(), refusal.text());
            closeAfterAnswers(context);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        rings.end();
        loop.stats.connectionClosed();
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext context) {
        closing = true;
        inbound.release();
        out.release();
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) {
        final ByteBuf read = (ByteBuf) message;
        try {
            if (closing) {
                return;
            }
            loop.stats.bytes(read.readableBytes(), 0);
            final boolean first = inbound.isEmpty();
            final boolean waiting = !first && !context.channel().isWritable();
            if (!waiting) {
                arrivedNanos = System.nanoTime(); // frames that wait for the peer to read keep their first arrival
            }
            inbound.take(context, read);
            if (waiting) {
                // half a frame was kept, and then the flush found the peer not reading
                context.channel().config().setAutoRead(false);
                inbound.answered(context, 0, null);
            } else {
                inbound.answered(context, answer(context), first ? read : null);
            }
        } finally {
            read.release();
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext context) {
        if (!out.isEmpty()) {
            out.flush();
        }
        final long written = out.takeWritten();
        if (written > 0) {
            loop.stats.bytes(0, written);
        }
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext context) {
        if (answering || closing || !context.channel().isWritable()) {
            return;
        }
        if (!inbound.isEmpty()) {
            loop.waited();
            inbound.resume();
            inbound.answered(context, answer(context), null);
            channelReadComplete(context);
        }
        if (!closing && context.channel().isWritable()) {
            context.channel().config().setAutoRead(true);
        }
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (cause instanceof IOException) {
            LOG.debug("connection lost: {}", cause.toString());
        } else {
            LOG.error("connection closed by a fault", cause);
            loop.stats.error(ErrorCode.INTERNAL);
        }
        final var _ = context.close();
    }

    /** Answers the frames of the inbound view until it ends, or the peer's unread answers pass the watermark. */
    private int answer(final ChannelHandlerContext context) {
        answering = true;
        decisions.begin(arrivedNanos);
        try {
            final UnsafeBuffer in = inbound.view();
            final int end = in.capacity();
            int at = 0;
            while (at < end && !closing) {
                if (!hasRoom(context)) {
                    context.channel().config().setAutoRead(false);
                    break;
                }
                final long startedNanos = decisions.turn();
                final FrameVerdict verdict = loop.verifier.verify(in, at, end - at);
                if (verdict == FrameVerdict.INCOMPLETE) {
                    break;
                }
                if (verdict == FrameVerdict.VALID) {
                    dispatch(in, startedNanos);
                } else {
                    refuseFrame(context, verdict);
                }
                at += loop.verifier.frameLength();
            }
            return closing ? end : at;
        } finally {
            decisions.end();
            answering = false;
        }
    }

    /** Whether another answer may be written; hands over and flushes what there is before it says no. */
    private boolean hasRoom(final ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            return true;
        }
        out.flush();
        return context.channel().isWritable();
    }

    private void dispatch(final UnsafeBuffer in, final long startedNanos) {
        if (!decisions.next(in, startedNanos)) {
            controls.answer(in);
        }
    }

    private void refuseFrame(final ChannelHandlerContext context, final FrameVerdict verdict) {
        decisions.refuse(verdict);
        if (verdict.closesConnection()) {
            closeAfterAnswers(context);
        }
    }

    private void closeAfterAnswers(final ChannelHandlerContext context) {
        closing = true;
        out.handOver();
        context.writeAndFlush(context.alloc().buffer(0, 0)).addListener(ChannelFutureListener.CLOSE);
    }
}

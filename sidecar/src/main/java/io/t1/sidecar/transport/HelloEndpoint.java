package io.t1.sidecar.transport;

import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.HelloDecoder;
import io.t1.sidecar.tables.ServedTable;
import io.t1.sidecar.tables.ServedTables;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Answers a client's Hellos: names a table for its DecideRequests.
 *
 * <p>Threading: the thread that serves the client.
 */
final class HelloEndpoint {
    private final ServedTables served;
    private final DecisionLoop loop;
    private final ReplySink out;
    private final DecideEndpoint decides;
    private final Refusals refusals;

    HelloEndpoint(
            final ServedTables served,
            final DecisionLoop loop,
            final ReplySink out,
            final DecideEndpoint decides,
            final Refusals refusals) {
        this.served = served;
        this.loop = loop;
        this.out = out;
        this.decides = decides;
        this.refusals = refusals;
    }

    /** Answers the Hello that the loop's verifier has just found valid. */
    void answer(final UnsafeBuffer in) {
        final FrameVerifier frame = loop.verifier;
        final var hello = new HelloDecoder().wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version());
        if (hello.protocolVersion() != FrameDescriptor.PROTOCOL_VERSION) {
            refusals.refuse(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "protocolVersion=" + hello.protocolVersion() + "; this server speaks "
                            + FrameDescriptor.PROTOCOL_VERSION);
            return;
        }
        final TableKey key = FrameText.key(in, frame, 0);
        final ServedTable table = served.get(key);
        if (table == null) {
            refusals.refuse(
                    served.isReady() ? ErrorCode.UNKNOWN_TABLE : ErrorCode.NOT_READY,
                    "no table of " + key + " is active: publish one");
            return;
        }
        final int handle = decides.handleOf(table);
        if (handle == 0) {
            refusals.refuse(
                    ErrorCode.INVALID_REQUEST,
                    "tables of this connection=" + DecideEndpoint.MAX_TABLES + ", the limit");
            return;
        }
        final int length = loop.replies.helloAck(loop.replyBuffer, 0, frame.correlationId(), table.describe(handle));
        out.reserve(length).putBytes(0, loop.replyBuffer, 0, length);
        out.commit(length);
    }
}

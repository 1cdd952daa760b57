package io.t1.sidecar.transport;

import io.netty.channel.Channel;
import io.t1.codec.TableKey;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.ActivateDecoder;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.PublishDecoder;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackDecoder;
import io.t1.codec.wire.RollbackTarget;
import io.t1.sidecar.tables.BaselineHold;
import io.t1.sidecar.tables.ControlReply;
import io.t1.sidecar.tables.ServedTable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers one connection's frames that aren't on the decision path. What changes tables or takes long is done on the
 * control thread or the stats thread; the reply comes back to the event loop.
 *
 * <p>Threading: the connection's event loop.
 */
final class ControlEndpoint {
    private final ServerParts server;
    private final DecisionLoop loop;
    private final Channel channel;
    private final Outbound out;
    private final Refusals refusals;
    private final RingEndpoint rings;

    ControlEndpoint(
            final ServerParts server,
            final DecisionLoop loop,
            final Channel channel,
            final Outbound out,
            final Refusals refusals,
            final RingEndpoint rings) {
        this.server = server;
        this.loop = loop;
        this.channel = channel;
        this.out = out;
        this.refusals = refusals;
        this.rings = rings;
    }

    /** Answers the frame that the loop's verifier has just found valid. */
    void answer(final UnsafeBuffer in) {
        switch (loop.verifier.kind()) {
            case STATS_REQUEST -> stats();
            case PUBLISH -> publish(in);
            case ACTIVATE -> activate(in);
            case ROLLBACK -> rollback(in);
            case LIST_TABLES -> listTables();
            case FETCH_TABLE -> fetchTable(in);
            case OPEN_RING -> rings.open(in);
            case RING_MAPPED -> rings.mapped(in);
            case WAKE -> rings.wakeServer();
            default ->
                refusals.refuse(
                        ErrorCode.INVALID_REQUEST,
                        "templateId=" + loop.verifier.templateId() + " is a server's message");
        }
    }

    private void publish(final UnsafeBuffer in) {
        final FrameVerifier frame = loop.verifier;
        final PublishRole role = new PublishDecoder()
                .wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version())
                .role();
        final byte[] json = new byte[frame.dataLength(0)];
        in.getBytes(frame.dataOffset(0), json);
        final var _ = control(() -> server.control().publish(json, role, "wire"));
    }

    private void activate(final UnsafeBuffer in) {
        final FrameVerifier frame = loop.verifier;
        final long version = new ActivateDecoder()
                .wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version())
                .tableVersion();
        final TableKey key = FrameText.key(in, frame, 0);
        final var _ = control(() -> server.control().activate(key, version));
    }

    private void rollback(final UnsafeBuffer in) {
        final FrameVerifier frame = loop.verifier;
        final RollbackTarget target = new RollbackDecoder()
                .wrap(in, frame.bodyOffset(), frame.blockLength(), frame.version())
                .target();
        final TableKey key = FrameText.key(in, frame, 0);
        final BaselineHold hold = target == RollbackTarget.BASELINE ? hold(key) : null;
        final CompletableFuture<ControlReply> replied = control(() -> {
            try (hold) {
                return server.control().rollback(key, target);
            }
        });
        if (hold != null && replied.isDone()) {
            hold.close(); // done already, or refused: then the control thread will never see it
        }
    }

    /** Shows the baseline now. Which table is the previous one depends on the changes that wait: it takes its turn. */
    private @Nullable BaselineHold hold(final TableKey key) {
        final ServedTable table = server.served().get(key);
        return table == null ? null : table.holdBaseline();
    }

    private void listTables() {
        final var _ = control(() -> server.control().list());
    }

    private void fetchTable(final UnsafeBuffer in) {
        final TableKey key = FrameText.key(in, loop.verifier, 0);
        final var _ = control(() -> server.control().fetch(key));
    }

    private void stats() {
        final long correlationId = loop.verifier.correlationId();
        final CompletableFuture<byte[]> told;
        try {
            told = CompletableFuture.supplyAsync(server.statsJson(), server.statsExecutor());
        } catch (final RejectedExecutionException _) {
            refusals.refuse(ErrorCode.OVERLOADED, "too many ask for figures: ask again later");
            return;
        }
        final var _ = told.whenComplete((json, failure) -> channel.eventLoop().execute(() -> {
            if (json == null) {
                reply(error(correlationId, ErrorCode.INTERNAL, "no figures: " + failure));
            } else {
                reply(loop.replies.statsResponse(loop.replyBuffer, 0, correlationId, json));
            }
        }));
    }

    private CompletableFuture<ControlReply> control(final Supplier<ControlReply> operation) {
        final long correlationId = loop.verifier.correlationId();
        final CompletableFuture<ControlReply> replied = server.controlThread().submit(operation);
        final var _ =
                replied.thenAccept(reply -> channel.eventLoop().execute(() -> reply(encode(correlationId, reply))));
        return replied;
    }

    private int encode(final long correlationId, final ControlReply reply) {
        final MutableDirectBuffer buffer = loop.replyBuffer;
        return switch (reply) {
            case ControlReply.Changed(final var change) -> loop.replies.tableAck(buffer, 0, correlationId, change);
            case ControlReply.Listed(final var tables) -> {
                try {
                    yield loop.replies.tableList(buffer, 0, correlationId, tables);
                } catch (final IllegalArgumentException e) {
                    yield error(
                            correlationId,
                            ErrorCode.INTERNAL,
                            tables.size() + " tables don't fit a frame (" + e.getMessage() + "): see /stats");
                }
            }
            case ControlReply.Fetched(final var version, final var json) ->
                loop.replies.fetchedTable(buffer, 0, correlationId, version, json);
            case ControlReply.Refused(final var code, final var text) -> error(correlationId, code, text);
        };
    }

    private int error(final long correlationId, final ErrorCode code, final String text) {
        loop.stats.error(code);
        return loop.replies.error(loop.replyBuffer, 0, correlationId, code, text);
    }

    /** Sends a late reply, of so many bytes in the loop's reply buffer. */
    private void reply(final int length) {
        if (channel.isActive()) {
            write(length);
            out.flush();
            loop.stats.bytes(0, out.takeWritten());
        }
    }

    private void write(final int length) {
        out.reserve(length).putBytes(0, loop.replyBuffer, 0, length);
        out.commit(length);
    }
}

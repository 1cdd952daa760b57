package io.t1.codec.client;

import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableKey;
import io.t1.codec.TableRole;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.StatsResponseDecoder;
import io.t1.codec.wire.TableAckDecoder;
import io.t1.codec.wire.TableListDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * One request and its reply, for what isn't on the decision path.
 *
 * <p>Threading: one thread. Allocation: as the replies need.
 */
final class AdminExchange {
    private static final int SHA256_LENGTH = 32;

    private final ServerErrors errors = new ServerErrors();
    private final TableAckDecoder tableAck = new TableAckDecoder();
    private final TableListDecoder tableList = new TableListDecoder();
    private final StatsResponseDecoder statsResponse = new StatsResponseDecoder();
    private final Session session;
    private final NanoClock clock;
    private final Endpoint endpoint;
    private final long timeoutNs;
    private long awaitedId;
    private @Nullable TableChange change;
    private @Nullable List<StoredTable> tables;
    private @Nullable String stats;
    private byte @Nullable [] artifact;
    private @Nullable T1ServerException refusal;
    private boolean disconnected;

    AdminExchange(final Session session, final ClientContext context) {
        this.session = session;
        clock = context.nanoClock();
        endpoint = context.endpoint();
        timeoutNs = context.adminTimeoutNs();
    }

    /** Writes a request's frame into the session's scratch buffer; its bytes. */
    interface Request {
        int write(long correlationId);
    }

    TableChange change(final Request request) {
        exchange(request);
        return expected(change);
    }

    List<StoredTable> tables(final Request request) {
        exchange(request);
        return expected(tables);
    }

    String stats(final Request request) {
        exchange(request);
        return expected(stats);
    }

    byte[] artifact(final Request request) {
        exchange(request);
        return expected(artifact);
    }

    private void exchange(final Request request) {
        change = null;
        tables = null;
        stats = null;
        artifact = null;
        refusal = null;
        disconnected = false;
        awaitedId = session.nextControlId();
        final long deadlineNs = clock.nanoTime() + timeoutNs;
        final int length = request.write(awaitedId);
        final byte[] frame = new byte[length]; // saying hello needs the scratch buffer
        session.scratch().getBytes(0, frame);
        awaitOpen(deadlineNs);
        session.scratch().putBytes(0, frame);
        while (!session.sendControlScratch(length)) {
            awaitSomething(deadlineNs);
        }
        while (change == null && tables == null && stats == null && artifact == null) {
            if (refusal != null) {
                throw refusal;
            }
            awaitSomething(deadlineNs);
        }
    }

    private void awaitOpen(final long deadlineNs) {
        if (!session.isOpen()) {
            session.retryNow();
        }
        session.advance(clock.nanoTime());
        while (!session.isOpen()) {
            if (!session.isConnected()) {
                throw unreachable(session.lastFault());
            }
            awaitSomething(deadlineNs);
            session.advance(clock.nanoTime());
        }
    }

    private void awaitSomething(final long deadlineNs) {
        if (disconnected) {
            throw unreachable(session.lastFault());
        }
        final long remainingNs = deadlineNs - clock.nanoTime();
        if (remainingNs <= 0) {
            throw unreachable("no answer within " + TimeUnit.NANOSECONDS.toMillis(timeoutNs) + " ms");
        }
        if (Thread.currentThread().isInterrupted()) {
            throw unreachable("interrupted while waiting for its answer");
        }
        if (session.poll() == 0) {
            session.await(remainingNs);
        }
    }

    void onReply(final DirectBuffer buffer, final FrameVerifier frame) {
        if (frame.correlationId() != awaitedId) {
            return; // a late one
        }
        switch (frame.kind()) {
            case TABLE_ACK -> change = readChange(buffer, frame);
            case TABLE_LIST -> tables = readTables(buffer, frame);
            case STATS_RESPONSE -> stats = readStats(buffer, frame);
            case FETCHED_TABLE -> artifact = readArtifact(buffer, frame);
            case ERROR -> refusal = new T1ServerException(errors.code(buffer, frame), errors.text(buffer, frame));
            default -> session.disconnect("the sidecar answered with a " + frame.kind());
        }
    }

    void onDisconnect() {
        disconnected = true;
    }

    private <T> T expected(final @Nullable T reply) {
        if (reply == null) {
            throw unreachable("it answered with another message than was asked for");
        }
        return reply;
    }

    private SidecarUnreachableException unreachable(final String fault) {
        return new SidecarUnreachableException(
                "no sidecar at " + endpoint + ": " + fault + "; is `t1 serve` running there?");
    }

    private TableChange readChange(final DirectBuffer buffer, final FrameVerifier frame) {
        tableAck.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final byte[] sha256 = new byte[SHA256_LENGTH];
        tableAck.getTableSha256(sha256, 0, sha256.length);
        return new TableChange(
                tableAck.tableVersion(),
                tableAck.activeVersion(),
                tableAck.previousVersion(),
                HexFormat.of().formatHex(sha256));
    }

    private List<StoredTable> readTables(final DirectBuffer buffer, final FrameVerifier frame) {
        tableList.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final List<StoredTable> read = new ArrayList<>();
        final byte[] sha256 = new byte[SHA256_LENGTH];
        for (final TableListDecoder.TablesDecoder entry : tableList.tables()) {
            final long tableVersion = entry.tableVersion();
            final Instant publishedAt = Instant.ofEpochMilli(entry.publishedAtMillis());
            final Set<TableRole> roles = EnumSet.noneOf(TableRole.class);
            if (entry.roles().active()) {
                roles.add(TableRole.ACTIVE);
            }
            if (entry.roles().previous()) {
                roles.add(TableRole.PREVIOUS);
            }
            if (entry.roles().baseline()) {
                roles.add(TableRole.BASELINE);
            }
            entry.getTableSha256(sha256, 0, sha256.length);
            final int features = entry.featureCount();
            final int outputs = entry.outputCount();
            final int pairs = entry.pairCount();
            final long imageBytes = entry.imageBytes();
            final TableKey key = new TableKey(entry.index(), entry.region(), entry.language());
            read.add(new StoredTable(
                    key,
                    tableVersion,
                    publishedAt,
                    roles,
                    features,
                    outputs,
                    pairs,
                    imageBytes,
                    HexFormat.of().formatHex(sha256)));
        }
        return List.copyOf(read);
    }

    private String readStats(final DirectBuffer buffer, final FrameVerifier frame) {
        statsResponse.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final byte[] json = new byte[statsResponse.bodyLength()];
        statsResponse.getBody(json, 0, json.length);
        return new String(json, StandardCharsets.UTF_8);
    }

    private static byte[] readArtifact(final DirectBuffer buffer, final FrameVerifier frame) {
        final byte[] artifact = new byte[frame.dataLength(0)];
        buffer.getBytes(frame.dataOffset(0), artifact);
        return artifact;
    }
}

package io.t1.codec.frame;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.codec.wire.ActivateDecoder;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.ErrorDecoder;
import io.t1.codec.wire.FetchTableDecoder;
import io.t1.codec.wire.FetchedTableDecoder;
import io.t1.codec.wire.HelloAckDecoder;
import io.t1.codec.wire.HelloDecoder;
import io.t1.codec.wire.ListTablesDecoder;
import io.t1.codec.wire.OpenRingDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.codec.wire.PublishDecoder;
import io.t1.codec.wire.RingMappedDecoder;
import io.t1.codec.wire.RingOpenedDecoder;
import io.t1.codec.wire.RollbackDecoder;
import io.t1.codec.wire.StatsRequestDecoder;
import io.t1.codec.wire.StatsResponseDecoder;
import io.t1.codec.wire.TableAckDecoder;
import io.t1.codec.wire.TableListDecoder;
import io.t1.codec.wire.WakeDecoder;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Reads all that a verified frame holds, the way a receiver would: throws if the verifier promised too much. */
final class FieldReader {
    private FieldReader() {}

    /** The kind and all its fields, as text. */
    static String readAll(final DirectBuffer buffer, final FrameVerifier frame) {
        return frame.kind() + " " + fields(buffer, frame);
    }

    private static String fields(final DirectBuffer buffer, final FrameVerifier frame) {
        final int body = frame.bodyOffset();
        final int block = frame.blockLength();
        final int version = frame.version();
        return switch (frame.kind()) {
            case HELLO -> {
                final var hello = new HelloDecoder().wrap(buffer, body, block, version);
                yield new TableKey(hello.index(), hello.region(), hello.language()) + hello.clientName();
            }
            case HELLO_ACK -> {
                final var ack = new HelloAckDecoder().wrap(buffer, body, block, version);
                final StringBuilder text = new StringBuilder();
                text.append(ack.tableHandle()).append(Arm.ofCode(ack.baselineArm()));
                for (final var feature : ack.features()) {
                    text.append(feature.defaultCode()).append(feature.knots(16)).append(feature.name());
                }
                yield text.toString();
            }
            case DECIDE_REQUEST -> decideRequest(buffer, frame);
            case DECIDE_RESPONSE -> {
                final var response = new DecideResponseDecoder().wrap(buffer, body, block, version);
                final StringBuilder text = new StringBuilder();
                for (final var decision : response.decisions()) {
                    text.append(decision.decisionId()).append(Arm.ofCode(decision.arm()));
                    text.append(decision.flags().getRaw());
                }
                yield text.toString();
            }
            case OUTCOME -> {
                final var outcome = new OutcomeDecoder().wrap(buffer, body, block, version);
                yield outcome.decisionId() + " " + outcome.label() + outcome.topTen();
            }
            case STATS_REQUEST ->
                ""
                        + new StatsRequestDecoder()
                                .wrap(buffer, body, block, version)
                                .format();
            case STATS_RESPONSE -> {
                final var stats = new StatsResponseDecoder().wrap(buffer, body, block, version);
                final UnsafeBuffer json = new UnsafeBuffer(0, 0);
                stats.wrapBody(json);
                yield json.capacity() + " bytes";
            }
            case PUBLISH -> {
                final var publish = new PublishDecoder().wrap(buffer, body, block, version);
                final UnsafeBuffer artifact = new UnsafeBuffer(0, 0);
                final var role = publish.role();
                publish.wrapArtifact(artifact);
                yield role + " " + artifact.capacity();
            }
            case ACTIVATE -> {
                final var activate = new ActivateDecoder().wrap(buffer, body, block, version);
                yield activate.tableVersion()
                        + new TableKey(activate.index(), activate.region(), activate.language()).toString();
            }
            case ROLLBACK -> {
                final var rollback = new RollbackDecoder().wrap(buffer, body, block, version);
                yield rollback.target()
                        + new TableKey(rollback.index(), rollback.region(), rollback.language()).toString();
            }
            case TABLE_ACK -> {
                final var ack = new TableAckDecoder().wrap(buffer, body, block, version);
                yield ack.previousVersion() + " " + ack.tableSha256(31);
            }
            case LIST_TABLES ->
                "" + new ListTablesDecoder().wrap(buffer, body, block, version).correlationId();
            case TABLE_LIST -> {
                final var list = new TableListDecoder().wrap(buffer, body, block, version);
                final StringBuilder text = new StringBuilder();
                for (final var table : list.tables()) {
                    text.append(table.imageBytes()).append(table.roles().getRaw());
                    text.append(new TableKey(table.index(), table.region(), table.language()));
                }
                yield text.toString();
            }
            case ERROR -> {
                final var error = new ErrorDecoder().wrap(buffer, body, block, version);
                yield error.codeRaw() + error.text();
            }
            case OPEN_RING -> {
                final var open = new OpenRingDecoder().wrap(buffer, body, block, version);
                yield open.layoutVersion() + " " + open.waiting();
            }
            case RING_OPENED -> {
                final var opened = new RingOpenedDecoder().wrap(buffer, body, block, version);
                yield opened.ringId() + " " + opened.waiting() + opened.path();
            }
            case RING_MAPPED ->
                "" + new RingMappedDecoder().wrap(buffer, body, block, version).result();
            case FETCH_TABLE -> {
                final var fetch = new FetchTableDecoder().wrap(buffer, body, block, version);
                yield new TableKey(fetch.index(), fetch.region(), fetch.language()).toString();
            }
            case FETCHED_TABLE -> {
                final var fetched = new FetchedTableDecoder().wrap(buffer, body, block, version);
                final UnsafeBuffer artifact = new UnsafeBuffer(0, 0);
                final long tableVersion = fetched.tableVersion();
                fetched.wrapArtifact(artifact);
                yield tableVersion + " " + artifact.capacity();
            }
            case WAKE ->
                "" + new WakeDecoder().wrap(buffer, body, block, version).correlationId();
        };
    }

    private static String decideRequest(final DirectBuffer buffer, final FrameVerifier frame) {
        final var request =
                new DecideRequestDecoder().wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final UnsafeBuffer features = new UnsafeBuffer(0, 0);
        final UnsafeBuffer scores = new UnsafeBuffer(0, 0);
        final String shape =
                request.queryCount() + "x" + request.featureCount() + request.encoding() + request.layout();
        request.wrapFeatures(features);
        request.wrapScores(scores);
        if (frame.dataLength(0) != features.capacity() || frame.dataLength(1) != scores.capacity()) {
            throw new IllegalStateException("verifier and decoder disagree on " + shape);
        }
        int sum = 0;
        for (int i = 0; i < features.capacity(); i++) {
            sum += features.getByte(i) - buffer.getByte(frame.dataOffset(0) + i);
        }
        return shape + sum;
    }
}

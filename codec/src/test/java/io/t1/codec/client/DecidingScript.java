package io.t1.codec.client;

import io.t1.codec.Arm;
import io.t1.codec.FallbackDecision;
import io.t1.codec.FeatureDescription;
import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableDescription;
import io.t1.codec.TableKey;
import io.t1.codec.TableRole;
import io.t1.codec.frame.DecideResponseFrame;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.frame.MessageKind;
import io.t1.codec.frame.ReplyFrames;
import io.t1.codec.wire.ActivateDecoder;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.DecideResponseEncoder;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.FeatureEncoding;
import io.t1.codec.wire.HelloDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Answers as a sidecar does, with decisions that show what was asked: of query {@code q}, tau is its first feature in
 * the table's order, spendCapMs its second, score the node's, ef {@code q}, topk the number of features.
 */
class DecidingScript implements ScriptedSidecar.Script {
    static final String SHA256 = "ab".repeat(32);

    /** Where a connection's per-frame work is done without allocation. */
    private final ThreadLocal<Codecs> codecs = ThreadLocal.withInitial(Codecs::new);

    final List<String> log = new CopyOnWriteArrayList<>();
    volatile TableDescription table = table(1, "entropy", "query_length", "nl_confidence", "miss_rate");
    volatile @Nullable ErrorCode helloError;
    volatile @Nullable ErrorCode decideError;

    static TableDescription table(final long version, final String... features) {
        final List<FeatureDescription> described = new ArrayList<>();
        for (final String name : features) {
            final float[] knots = new float[FeatureDescription.KNOTS];
            for (int i = 0; i < knots.length; i++) {
                knots[i] = i;
            }
            described.add(new FeatureDescription(name, 7, knots));
        }
        return new TableDescription(
                5,
                version,
                100 + version,
                200 + version,
                new FallbackDecision(Arm.CHEAP, 64, 50, 20),
                SHA256,
                described);
    }

    @Override
    public void onFrame(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
            throws IOException {
        switch (frame.kind()) {
            case HELLO -> onHello(peer, buffer, frame);
            case DECIDE_REQUEST -> onDecide(peer, buffer, frame);
            case OUTCOME -> onOutcome(buffer, frame);
            case PUBLISH, ROLLBACK, ACTIVATE -> onChange(peer, buffer, frame);
            case LIST_TABLES ->
                peer.send(codecs.get().replies.tableList(peer.out, 0, frame.correlationId(), storedTables()));
            case STATS_REQUEST ->
                peer.send(
                        codecs.get().replies.statsResponse(peer.out, 0, frame.correlationId(), new byte[] {'{', '}'}));
            default -> error(peer, frame.correlationId(), ErrorCode.UNKNOWN_MESSAGE, "");
        }
    }

    void onHello(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
            throws IOException {
        final HelloDecoder hello =
                new HelloDecoder().wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        log.add("hello " + new TableKey(hello.index(), hello.region(), hello.language()) + " from "
                + hello.clientName());
        final ErrorCode error = helloError;
        if (error != null) {
            error(peer, frame.correlationId(), error, "no table yet");
        } else {
            peer.send(codecs.get().replies.helloAck(peer.out, 0, frame.correlationId(), table));
        }
    }

    void onDecide(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
            throws IOException {
        final DecideRequestDecoder request =
                codecs.get().request.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final TableDescription table = this.table;
        final ErrorCode error = decideError;
        if (error != null) {
            error(peer, frame.correlationId(), error, "told to");
        } else if (request.featureSetId() != table.featureSetId()
                || (request.encoding() == FeatureEncoding.CODES && request.quantiserId() != table.quantiserId())) {
            error(peer, frame.correlationId(), ErrorCode.STALE_FEATURES, "say hello again");
        } else {
            peer.send(answer(peer, buffer, frame, request));
        }
    }

    /** Writes the answer into the peer's buffer; its bytes. */
    int answer(
            final ScriptedSidecar.Peer peer,
            final DirectBuffer buffer,
            final FrameVerifier frame,
            final DecideRequestDecoder request) {
        final int queries = request.queryCount();
        final int features = request.featureCount();
        final boolean codes = request.encoding() == FeatureEncoding.CODES;
        final DecideResponseFrame response =
                codecs.get().response.wrap(peer.out, 0, request.correlationId(), table.tableVersion(), queries);
        for (int q = 0; q < queries; q++) {
            final float first = feature(buffer, frame, q * features, codes);
            final float score = frame.dataLength(1) == 0
                    ? -1
                    : buffer.getFloat(frame.dataOffset(1) + 4 * q, FrameDescriptor.BYTE_ORDER);
            final DecideResponseEncoder.DecisionsEncoder decision = response.next();
            decision.decisionId(request.correlationId() * 1024 + q)
                    .tau(first)
                    .spendCapMs(features > 1 ? feature(buffer, frame, q * features + 1, codes) : 0)
                    .minConfGain(0.01f)
                    .score(score)
                    .expectedGain(Float.NaN)
                    .propensity(0.9f)
                    .ef(q)
                    .topk(features)
                    .rerankDepth(33)
                    .arm(Arm.FULL.code())
                    .flags()
                    .clear()
                    .nodeScore(score >= 0);
        }
        return response.length();
    }

    private static float feature(
            final DirectBuffer buffer, final FrameVerifier frame, final int index, final boolean codes) {
        return codes
                ? buffer.getByte(frame.dataOffset(0) + index) & 0xFF
                : buffer.getFloat(frame.dataOffset(0) + 4 * index, FrameDescriptor.BYTE_ORDER);
    }

    private void onOutcome(final DirectBuffer buffer, final FrameVerifier frame) {
        final OutcomeDecoder outcome =
                codecs.get().outcome.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        if (outcome.decisionId() > 0) {
            log.add("outcome " + outcome.decisionId() + " ndcg " + outcome.ndcg() + " jaccard " + outcome.jaccard()
                    + " topTen " + outcome.topTen());
        }
    }

    private void onChange(final ScriptedSidecar.Peer peer, final DirectBuffer buffer, final FrameVerifier frame)
            throws IOException {
        if (frame.kind() == MessageKind.PUBLISH && buffer.getByte(frame.dataOffset(0)) != '{') {
            error(peer, frame.correlationId(), ErrorCode.REFUSED_ARTIFACT, "$: not a JSON object");
            return;
        }
        final long version = frame.kind() == MessageKind.ACTIVATE
                ? new ActivateDecoder()
                        .wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version())
                        .tableVersion()
                : frame.dataLength(0);
        log.add(frame.kind() + " " + frame.dataLength(0));
        helloError = null;
        peer.send(codecs.get()
                .replies
                .tableAck(peer.out, 0, frame.correlationId(), new TableChange(version, version, 1, SHA256)));
    }

    static List<StoredTable> storedTables() {
        return List.of(
                new StoredTable(
                        TableKey.DEFAULT, 2, Instant.ofEpochMilli(7), Set.of(TableRole.ACTIVE), 4, 5, 0, 4096, SHA256),
                new StoredTable(
                        TableKey.parse("shop/eu/de"),
                        1,
                        Instant.ofEpochMilli(6),
                        Set.of(TableRole.PREVIOUS, TableRole.BASELINE),
                        16,
                        3,
                        8,
                        0xFFFF_FFFFL,
                        SHA256));
    }

    void error(final ScriptedSidecar.Peer peer, final long correlationId, final ErrorCode code, final String text)
            throws IOException {
        peer.send(codecs.get().replies.error(peer.out, 0, correlationId, code, text));
    }

    private static final class Codecs {
        final ReplyFrames replies = new ReplyFrames();
        final DecideRequestDecoder request = new DecideRequestDecoder();
        final DecideResponseFrame response = new DecideResponseFrame();
        final OutcomeDecoder outcome = new OutcomeDecoder();
    }
}

package io.t1.codec.client;

import io.t1.codec.TableDescription;
import io.t1.codec.frame.FrameDescriptor;
import io.t1.codec.wire.next.BatchLayout;
import io.t1.codec.wire.next.DecideRequestEncoder;
import io.t1.codec.wire.next.DecideResponseEncoder;
import io.t1.codec.wire.next.ErrorCode;
import io.t1.codec.wire.next.ErrorEncoder;
import io.t1.codec.wire.next.FeatureEncoding;
import io.t1.codec.wire.next.HelloAckEncoder;
import io.t1.codec.wire.next.HelloEncoder;
import io.t1.codec.wire.next.MessageHeaderEncoder;
import io.t1.codec.wire.next.OutcomeEncoder;
import io.t1.codec.wire.next.PublishEncoder;
import io.t1.codec.wire.next.PublishRole;
import io.t1.codec.wire.next.RenewEncoder;
import io.t1.codec.wire.next.TableAckEncoder;
import io.t1.codec.wire.next.TableListEncoder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.agrona.ExpandableArrayBuffer;

/** Frames as a later release would write them, every field, group and variable datum that it adds included. */
final class NextFrames {
    private static final int HEADER = FrameDescriptor.PREFIX_LENGTH;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();

    /** One of each message that grew, by name. */
    Map<String, byte[]> all() {
        final Map<String, byte[]> frames = new LinkedHashMap<>();
        frames.put("HELLO", hello(1));
        frames.put("HELLO_ACK", helloAck(1, DecidingScript.table(1, "entropy", "query_length")));
        frames.put("DECIDE_REQUEST", decideRequest(1, 2, 101, 0.5f, 9));
        frames.put("DECIDE_RESPONSE", decideResponse(1, 3));
        frames.put("OUTCOME", outcome(1));
        frames.put("PUBLISH", publish(1));
        frames.put("TABLE_ACK", tableAck(1));
        frames.put("TABLE_LIST", tableList(1));
        frames.put("ERROR", error(1, ErrorCode.OVERLOADED));
        return frames;
    }

    byte[] hello(final long correlationId) {
        final HelloEncoder hello = new HelloEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .protocolVersion(FrameDescriptor.PROTOCOL_VERSION)
                .capabilities(7)
                .index("default")
                .region("global")
                .language("any")
                .clientName("next")
                .nodeVersion("9.1");
        return frame(hello.limit());
    }

    byte[] helloAck(final long correlationId, final TableDescription table) {
        final HelloAckEncoder ack = new HelloAckEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .protocolVersion(FrameDescriptor.PROTOCOL_VERSION)
                .tableHandle(table.handle())
                .tableVersion(table.tableVersion())
                .featureSetId(table.featureSetId())
                .quantiserId(table.quantiserId())
                .baselineArm(table.baseline().arm().code())
                .baselineEf(table.baseline().ef())
                .baselineTopk(table.baseline().topk())
                .baselineRerankDepth(table.baseline().rerankDepth())
                .putTableSha256(sha256(), 0, 32)
                .leaseMillis(60_000);
        final HelloAckEncoder.FeaturesEncoder features =
                ack.featuresCount(table.features().size());
        table.features().forEach(feature -> {
            features.next().defaultCode((short) feature.defaultCode());
            for (int k = 0; k < 17; k++) {
                features.knots(k, feature.knots()[k]);
            }
            features.weight(0.5f).name(feature.name());
        });
        ack.notice("maintenance at noon");
        return frame(ack.limit());
    }

    byte[] decideRequest(final long correlationId, final int queries, final long featureSetId, final float... row) {
        final ByteBuffer features =
                ByteBuffer.allocate(queries * row.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int q = 0; q < queries; q++) {
            for (final float value : row) {
                features.putFloat(value);
            }
        }
        final DecideRequestEncoder request = new DecideRequestEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .tableHandle(5)
                .queryCount(queries)
                .featureCount((short) row.length)
                .encoding(FeatureEncoding.FLOAT32)
                .layout(BatchLayout.ROWS)
                .featureSetId(featureSetId)
                .quantiserId(0)
                .deadlineMicros(1_000)
                .traceId(-5)
                .putFeatures(features.array(), 0, features.capacity())
                .putScores(new byte[0], 0, 0)
                .sessionKey("session-1");
        return frame(request.limit());
    }

    byte[] decideResponse(final long correlationId, final int queries) {
        final DecideResponseEncoder response = new DecideResponseEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .tableVersion(12)
                .shadowPrice(0.125f);
        final DecideResponseEncoder.DecisionsEncoder decisions = response.decisionsCount(queries);
        for (int q = 0; q < queries; q++) {
            decisions
                    .next()
                    .decisionId(1_000 + q)
                    .tau(0.25f)
                    .spendCapMs(3)
                    .minConfGain(0)
                    .score(0.5f)
                    .expectedGain(0.1f)
                    .propensity(1)
                    .ef(q)
                    .topk(2)
                    .rerankDepth(3)
                    .arm((short) 2)
                    .budgetSlackMs(9)
                    .flags()
                    .clear();
        }
        response.constraintsCount(2).next().multiplier(1).next().multiplier(2);
        return frame(response.limit());
    }

    byte[] outcome(final long decisionId) {
        final OutcomeEncoder outcome = new OutcomeEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .decisionId(decisionId)
                .latencyMicros(10)
                .ndcg(0.5f)
                .baselineNdcg(0.25f)
                .jaccard(1)
                .label(1)
                .clicks(3)
                .topTen("a\nb")
                .baselineTopTen("b\na");
        return frame(outcome.limit());
    }

    byte[] publish(final long correlationId) {
        final PublishEncoder publish = new PublishEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .role(PublishRole.STAGE)
                .leaseMillis(5)
                .putArtifact(new byte[] {'{', '}'}, 0, 2);
        return frame(publish.limit());
    }

    byte[] tableAck(final long correlationId) {
        final TableAckEncoder ack = new TableAckEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .tableVersion(3)
                .activeVersion(4)
                .previousVersion(5)
                .putTableSha256(sha256(), 0, 32);
        ack.replicasCount(1).next().activeVersion(4);
        return frame(ack.limit());
    }

    byte[] tableList(final long correlationId) {
        final TableListEncoder list = new TableListEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId);
        final TableListEncoder.TablesEncoder tables = list.tablesCount(2);
        for (int i = 0; i < 2; i++) {
            tables.next().tableVersion(i).publishedAtMillis(i).roles().clear();
            tables.featureCount((short) 4)
                    .outputCount((short) 5)
                    .pairCount((short) 0)
                    .imageBytes(4096)
                    .putTableSha256(sha256(), 0, 32)
                    .decisions(99)
                    .index("index-" + i)
                    .region("eu")
                    .language("de");
        }
        return frame(list.limit());
    }

    byte[] error(final long correlationId, final ErrorCode code) {
        final ErrorEncoder error = new ErrorEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .code(code)
                .retryAfterMicros(100)
                .text("of a later release");
        return frame(error.limit());
    }

    /** A message that this release doesn't know. */
    byte[] renew(final long correlationId) {
        final RenewEncoder renew = new RenewEncoder()
                .wrapAndApplyHeader(buffer, HEADER, header)
                .correlationId(correlationId)
                .leaseMillis(1);
        return frame(renew.limit());
    }

    private byte[] frame(final int limit) {
        buffer.putInt(0, limit - FrameDescriptor.PREFIX_LENGTH, ByteOrder.LITTLE_ENDIAN);
        final byte[] frame = new byte[limit];
        buffer.getBytes(0, frame);
        return frame;
    }

    private static byte[] sha256() {
        final byte[] sha256 = new byte[32];
        Arrays.fill(sha256, (byte) 0xAB);
        return sha256;
    }
}

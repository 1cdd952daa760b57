package io.t1.codec.client;

import io.t1.codec.Arm;
import io.t1.codec.FallbackDecision;
import io.t1.codec.FeatureDescription;
import io.t1.codec.TableDescription;
import io.t1.codec.frame.FrameVerifier;
import io.t1.codec.wire.HelloAckDecoder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;

/** Reads HelloAck messages that have been verified. Threading: one thread. */
final class HelloAckReader {
    private final HelloAckDecoder decoder = new HelloAckDecoder();

    TableDescription read(final DirectBuffer buffer, final FrameVerifier frame) {
        final HelloAckDecoder ack = decoder.wrap(buffer, frame.bodyOffset(), frame.blockLength(), frame.version());
        final byte[] sha256 = new byte[HelloAckDecoder.tableSha256Length()];
        ack.getTableSha256(sha256, 0, sha256.length);
        final FallbackDecision baseline = new FallbackDecision(
                Arm.ofCode(ack.baselineArm()), ack.baselineEf(), ack.baselineTopk(), ack.baselineRerankDepth());
        final List<FeatureDescription> features = new ArrayList<>();
        for (final HelloAckDecoder.FeaturesDecoder feature : ack.features()) {
            final int defaultCode = feature.defaultCode();
            final float[] knots = new float[FeatureDescription.KNOTS];
            for (int i = 0; i < knots.length; i++) {
                knots[i] = feature.knots(i);
            }
            features.add(new FeatureDescription(feature.name(), defaultCode, knots));
        }
        return new TableDescription(
                ack.tableHandle(),
                ack.tableVersion(),
                ack.featureSetId(),
                ack.quantiserId(),
                baseline,
                HexFormat.of().formatHex(sha256),
                features);
    }
}

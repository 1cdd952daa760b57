package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BYTE_ORDER;
import static io.t1.codec.frame.FrameDescriptor.MAX_FEATURES;
import static io.t1.codec.frame.FrameDescriptor.MAX_QUERIES;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import io.t1.codec.wire.DecideRequestDecoder;
import io.t1.codec.wire.DecideResponseDecoder;
import io.t1.codec.wire.FeatureEncoding;
import io.t1.codec.wire.HelloAckDecoder;
import io.t1.codec.wire.OpenRingDecoder;
import io.t1.codec.wire.OutcomeDecoder;
import io.t1.codec.wire.PublishDecoder;
import io.t1.codec.wire.RingMappedDecoder;
import io.t1.codec.wire.RingOpenedDecoder;
import io.t1.codec.wire.RollbackDecoder;
import io.t1.codec.wire.StatsRequestDecoder;
import org.agrona.DirectBuffer;

/**
 * The ranges of each message's fields, once {@link FrameVerifier} has proved where they lie.
 *
 * <p>Threading: one thread. Allocation: none.
 */
final class FieldChecks {
    private static final int MAX_CLIENT_NAME_BYTES = 128;

    private final FrameVerifier frame;

    FieldChecks(final FrameVerifier frame) {
        this.frame = frame;
    }

    FrameVerdict check(final DirectBuffer buffer) {
        return switch (frame.kind()) {
            case HELLO -> hello(buffer);
            case HELLO_ACK -> helloAck(buffer);
            case DECIDE_REQUEST -> decideRequest(buffer);
            case DECIDE_RESPONSE -> decideResponse(buffer);
            case OUTCOME -> outcome(buffer);
            case STATS_REQUEST -> code(buffer, "format", StatsRequestDecoder.formatEncodingOffset(), 0);
            case PUBLISH -> publish(buffer);
            case ACTIVATE, FETCH_TABLE -> key(buffer, 0);
            case ROLLBACK -> rollback(buffer);
            case TABLE_LIST -> tableList(buffer);
            case OPEN_RING -> code(buffer, "waiting", OpenRingDecoder.waitingEncodingOffset(), 1);
            case RING_OPENED -> ringOpened(buffer);
            case RING_MAPPED -> code(buffer, "result", RingMappedDecoder.resultEncodingOffset(), 1);
            case FETCHED_TABLE -> range("artifact length", frame.dataLength(0), 1, FrameDescriptor.MAX_ARTIFACT_LENGTH);
            case STATS_RESPONSE, TABLE_ACK, LIST_TABLES, ERROR, WAKE -> FrameVerdict.VALID;
        };
    }

    private FrameVerdict hello(final DirectBuffer buffer) {
        final FrameVerdict verdict = key(buffer, 0);
        if (verdict != FrameVerdict.VALID) {
            return verdict;
        }
        return range("clientName length", frame.dataLength(3), 0, MAX_CLIENT_NAME_BYTES);
    }

    private FrameVerdict helloAck(final DirectBuffer buffer) {
        final FrameVerdict verdict =
                code(buffer, "baselineArm", HelloAckDecoder.baselineArmEncodingOffset(), Arm.COUNT - 1);
        if (verdict != FrameVerdict.VALID) {
            return verdict;
        }
        return range("features", frame.groupCount(), 1, MAX_FEATURES);
    }

    private FrameVerdict decideRequest(final DirectBuffer buffer) {
        final int body = frame.bodyOffset();
        final int queries =
                buffer.getShort(body + DecideRequestDecoder.queryCountEncodingOffset(), BYTE_ORDER) & 0xFFFF;
        if (queries < 1 || queries > MAX_QUERIES) {
            return frame.invalid("queryCount", queries, 1, MAX_QUERIES);
        }
        final int features = buffer.getByte(body + DecideRequestDecoder.featureCountEncodingOffset()) & 0xFF;
        if (features < 1 || features > MAX_FEATURES) {
            return frame.invalid("featureCount", features, 1, MAX_FEATURES);
        }
        final int encoding = buffer.getByte(body + DecideRequestDecoder.encodingEncodingOffset()) & 0xFF;
        if (encoding > 1) {
            return frame.invalid("encoding", encoding, 0, 1);
        }
        final int layout = buffer.getByte(body + DecideRequestDecoder.layoutEncodingOffset()) & 0xFF;
        if (layout > 1) {
            return frame.invalid("layout", layout, 0, 1);
        }
        final int bytes = queries * features * (encoding == FeatureEncoding.CODES.value() ? 1 : Float.BYTES);
        if (frame.dataLength(0) != bytes) {
            return frame.invalid("features length", frame.dataLength(0), bytes, bytes);
        }
        final int scores = frame.dataLength(1);
        if (scores != 0 && scores != queries * Float.BYTES) {
            return frame.invalid("scores length", scores, queries * Float.BYTES, queries * Float.BYTES);
        }
        return FrameVerdict.VALID;
    }

    private FrameVerdict decideResponse(final DirectBuffer buffer) {
        final int count = frame.groupCount();
        if (count < 1 || count > MAX_QUERIES) {
            return frame.invalid("decisions", count, 1, MAX_QUERIES);
        }
        int at = frame.groupOffset() + DecideResponseDecoder.DecisionsDecoder.armEncodingOffset();
        for (int i = 0; i < count; i++, at += frame.groupBlockLength()) {
            final int arm = buffer.getByte(at) & 0xFF;
            if (arm >= Arm.COUNT) {
                return frame.invalid("arm", arm, 0, Arm.COUNT - 1);
            }
        }
        return FrameVerdict.VALID;
    }

    private FrameVerdict outcome(final DirectBuffer buffer) {
        FrameVerdict verdict =
                measure(buffer, "latencyMicros", OutcomeDecoder.latencyMicrosEncodingOffset(), Float.MAX_VALUE);
        if (verdict == FrameVerdict.VALID) {
            verdict = measure(buffer, "ndcg", OutcomeDecoder.ndcgEncodingOffset(), 1);
        }
        if (verdict == FrameVerdict.VALID) {
            verdict = measure(buffer, "baselineNdcg", OutcomeDecoder.baselineNdcgEncodingOffset(), 1);
        }
        if (verdict == FrameVerdict.VALID) {
            verdict = measure(buffer, "jaccard", OutcomeDecoder.jaccardEncodingOffset(), 1);
        }
        if (verdict == FrameVerdict.VALID) {
            verdict = measure(buffer, "label", OutcomeDecoder.labelEncodingOffset(), 1);
        }
        return verdict;
    }

    private FrameVerdict publish(final DirectBuffer buffer) {
        final FrameVerdict verdict = code(buffer, "role", PublishDecoder.roleEncodingOffset(), 2);
        if (verdict != FrameVerdict.VALID) {
            return verdict;
        }
        return range("artifact length", frame.dataLength(0), 1, FrameDescriptor.MAX_ARTIFACT_LENGTH);
    }

    private FrameVerdict rollback(final DirectBuffer buffer) {
        final FrameVerdict verdict = code(buffer, "target", RollbackDecoder.targetEncodingOffset(), 1);
        return verdict == FrameVerdict.VALID ? key(buffer, 0) : verdict;
    }

    private FrameVerdict ringOpened(final DirectBuffer buffer) {
        final FrameVerdict verdict = code(buffer, "waiting", RingOpenedDecoder.waitingEncodingOffset(), 1);
        return verdict == FrameVerdict.VALID
                ? range("path length", frame.dataLength(0), 1, FrameDescriptor.MAX_PATH_LENGTH)
                : verdict;
    }

    private FrameVerdict tableList(final DirectBuffer buffer) {
        int at = frame.groupOffset();
        for (int table = 0, n = frame.groupCount(); table < n; table++) {
            at += frame.groupBlockLength();
            for (int part = 0; part < 3; part++) {
                final int length = buffer.getShort(at, BYTE_ORDER) & 0xFFFF;
                at += FrameDescriptor.TEXT_PREFIX_LENGTH;
                final FrameVerdict verdict = keyPart(buffer, part, at, length);
                if (verdict != FrameVerdict.VALID) {
                    return verdict;
                }
                at += length;
            }
        }
        return FrameVerdict.VALID;
    }

    /** The three parts of a table key, from variable data {@code first} on. */
    private FrameVerdict key(final DirectBuffer buffer, final int first) {
        for (int part = 0; part < 3; part++) {
            final FrameVerdict verdict =
                    keyPart(buffer, part, frame.dataOffset(first + part), frame.dataLength(first + part));
            if (verdict != FrameVerdict.VALID) {
                return verdict;
            }
        }
        return FrameVerdict.VALID;
    }

    private FrameVerdict keyPart(final DirectBuffer buffer, final int part, final int offset, final int length) {
        if (length < 1 || length > TableKey.MAX_PART_LENGTH) {
            return frame.invalid(keyPartName(part, "length"), length, 1, TableKey.MAX_PART_LENGTH);
        }
        for (int i = 0; i < length; i++) {
            final int character = buffer.getByte(offset + i) & 0xFF;
            if (!TableKey.isPartCharacter(character)) {
                return frame.invalid(keyPartName(part, "character"), character, '-', 'z');
            }
        }
        return FrameVerdict.VALID;
    }

    private static String keyPartName(final int part, final String what) {
        return switch (part) {
            case 0 -> "table key index " + what;
            case 1 -> "table key region " + what;
            default -> "table key language " + what;
        };
    }

    /** A float32 of 0 to {@code most}, or NaN for unknown. */
    private FrameVerdict measure(
            final DirectBuffer buffer, final String name, final int fieldOffset, final float most) {
        final float value = buffer.getFloat(frame.bodyOffset() + fieldOffset, BYTE_ORDER);
        return value < 0 || value > most ? frame.invalid(name, value, 0, most) : FrameVerdict.VALID;
    }

    private FrameVerdict code(final DirectBuffer buffer, final String name, final int fieldOffset, final int most) {
        return range(name, buffer.getByte(frame.bodyOffset() + fieldOffset) & 0xFF, 0, most);
    }

    private FrameVerdict range(final String name, final int value, final int low, final int high) {
        return value < low || value > high ? frame.invalid(name, value, low, high) : FrameVerdict.VALID;
    }
}

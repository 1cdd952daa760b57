package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTES_PREFIX_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.GROUP_HEADER_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.TEXT_PREFIX_LENGTH;

import io.t1.codec.FeatureDescription;
import io.t1.codec.StoredTable;
import io.t1.codec.TableChange;
import io.t1.codec.TableDescription;
import io.t1.codec.TableRole;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.ErrorEncoder;
import io.t1.codec.wire.FetchedTableEncoder;
import io.t1.codec.wire.HelloAckEncoder;
import io.t1.codec.wire.StatsResponseEncoder;
import io.t1.codec.wire.TableAckEncoder;
import io.t1.codec.wire.TableListEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import org.agrona.MutableDirectBuffer;

/**
 * Writes whole frames of the replies that aren't on the decision path. Each method returns the frame's bytes, its
 * prefix included.
 *
 * <p>Threading: one thread. Allocation: a few small arrays.
 */
public final class ReplyFrames {
    private static final int MAX_FEATURE_NAME_BYTES = 128;
    private static final int MAX_ERROR_TEXT_BYTES = 4096;
    private static final int SHA256_LENGTH = 32;

    private final HelloAckEncoder helloAck = new HelloAckEncoder();
    private final StatsResponseEncoder statsResponse = new StatsResponseEncoder();
    private final FetchedTableEncoder fetchedTable = new FetchedTableEncoder();
    private final TableAckEncoder tableAck = new TableAckEncoder();
    private final TableListEncoder tableList = new TableListEncoder();
    private final ErrorEncoder error = new ErrorEncoder();

    /** Answers Hello. */
    public int helloAck(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final TableDescription table) {
        final List<FeatureDescription> features = table.features();
        final byte[][] names = new byte[features.size()][];
        int length = BODY_OFFSET + HelloAckEncoder.BLOCK_LENGTH + GROUP_HEADER_LENGTH;
        for (int i = 0; i < names.length; i++) {
            names[i] = features.get(i).name().getBytes(StandardCharsets.UTF_8);
            length += HelloAckEncoder.FeaturesEncoder.sbeBlockLength()
                    + FrameWriter.textLength(names[i], "feature name", MAX_FEATURE_NAME_BYTES);
        }
        FrameWriter.begin(buffer, offset, length, HelloAckEncoder.BLOCK_LENGTH, HelloAckEncoder.TEMPLATE_ID);
        final HelloAckEncoder.FeaturesEncoder entries = helloAck.wrap(buffer, FrameWriter.body(offset))
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
                .putTableSha256(sha256(table.sha256()), 0, SHA256_LENGTH)
                .featuresCount(names.length);
        for (int i = 0; i < names.length; i++) {
            entries.next().defaultCode((short) features.get(i).defaultCode());
            final float[] knots = features.get(i).knots();
            for (int k = 0; k < knots.length; k++) {
                entries.knots(k, knots[k]);
            }
            entries.putName(names[i], 0, names[i].length);
        }
        return length;
    }

    /** Answers StatsRequest; {@code json} as UTF-8. */
    public int statsResponse(
            final MutableDirectBuffer buffer, final int offset, final long correlationId, final byte[] json) {
        final long length = (long) BODY_OFFSET + StatsResponseEncoder.BLOCK_LENGTH + BYTES_PREFIX_LENGTH + json.length;
        FrameWriter.begin(buffer, offset, length, StatsResponseEncoder.BLOCK_LENGTH, StatsResponseEncoder.TEMPLATE_ID);
        statsResponse
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .putBody(json, 0, json.length);
        return (int) length;
    }

    /** Answers FetchTable. */
    public int fetchedTable(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final long tableVersion,
            final byte[] artifact) {
        final long length =
                (long) BODY_OFFSET + FetchedTableEncoder.BLOCK_LENGTH + BYTES_PREFIX_LENGTH + artifact.length;
        FrameWriter.begin(buffer, offset, length, FetchedTableEncoder.BLOCK_LENGTH, FetchedTableEncoder.TEMPLATE_ID);
        fetchedTable
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .tableVersion(tableVersion)
                .putArtifact(artifact, 0, artifact.length);
        return (int) length;
    }

    /** Answers Publish, Activate and Rollback, once durable. */
    public int tableAck(
            final MutableDirectBuffer buffer, final int offset, final long correlationId, final TableChange change) {
        final int length = BODY_OFFSET + TableAckEncoder.BLOCK_LENGTH;
        FrameWriter.begin(buffer, offset, length, TableAckEncoder.BLOCK_LENGTH, TableAckEncoder.TEMPLATE_ID);
        tableAck.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .tableVersion(change.tableVersion())
                .activeVersion(change.activeVersion())
                .previousVersion(change.previousVersion())
                .putTableSha256(sha256(change.sha256()), 0, SHA256_LENGTH);
        return length;
    }

    /**
     * Answers ListTables.
     *
     * @throws IllegalArgumentException if they need more than a frame can hold (some 8,000 do).
     */
    public int tableList(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final List<StoredTable> tables) {
        long length = BODY_OFFSET + TableListEncoder.BLOCK_LENGTH + GROUP_HEADER_LENGTH;
        for (final StoredTable table : tables) {
            length += TableListEncoder.TablesEncoder.sbeBlockLength()
                    + 3 * TEXT_PREFIX_LENGTH
                    + table.key().index().length()
                    + table.key().region().length()
                    + table.key().language().length();
        }
        FrameWriter.begin(buffer, offset, length, TableListEncoder.BLOCK_LENGTH, TableListEncoder.TEMPLATE_ID);
        final TableListEncoder.TablesEncoder entries = tableList
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .tablesCount(tables.size());
        for (final StoredTable table : tables) {
            entries.next()
                    .tableVersion(table.tableVersion())
                    .publishedAtMillis(table.publishedAt().toEpochMilli())
                    .roles()
                    .clear()
                    .active(table.roles().contains(TableRole.ACTIVE))
                    .previous(table.roles().contains(TableRole.PREVIOUS))
                    .baseline(table.roles().contains(TableRole.BASELINE));
            entries.featureCount((short) table.featureCount())
                    .outputCount((short) table.outputCount())
                    .pairCount((short) table.pairCount())
                    .imageBytes(table.imageBytes())
                    .putTableSha256(sha256(table.sha256()), 0, SHA256_LENGTH)
                    .index(table.key().index())
                    .region(table.key().region())
                    .language(table.key().language());
        }
        return (int) length;
    }

    /**
     * Refuses a frame.
     *
     * @param correlationId of the frame at fault; 0 when it can't be told.
     * @param text cut at 4,096 bytes of UTF-8.
     */
    public int error(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final ErrorCode code,
            final String text) {
        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        final int textLength = cut(bytes, MAX_ERROR_TEXT_BYTES);
        final int length = BODY_OFFSET + ErrorEncoder.BLOCK_LENGTH + TEXT_PREFIX_LENGTH + textLength;
        FrameWriter.begin(buffer, offset, length, ErrorEncoder.BLOCK_LENGTH, ErrorEncoder.TEMPLATE_ID);
        error.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .code(code)
                .putText(bytes, 0, textLength);
        return length;
    }

    /** The longest length up to {@code most} that doesn't split a character. */
    private static int cut(final byte[] utf8, final int most) {
        if (utf8.length <= most) {
            return utf8.length;
        }
        int length = most;
        while (length > 0 && (utf8[length] & 0xC0) == 0x80) {
            length--;
        }
        return length;
    }

    private static byte[] sha256(final String hex) {
        return HexFormat.of().parseHex(hex);
    }
}

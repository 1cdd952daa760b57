package io.t1.codec.frame;

import static io.t1.codec.frame.FrameDescriptor.BODY_OFFSET;
import static io.t1.codec.frame.FrameDescriptor.BYTES_PREFIX_LENGTH;
import static io.t1.codec.frame.FrameDescriptor.MAX_ARTIFACT_LENGTH;

import io.t1.codec.TableKey;
import io.t1.codec.wire.ActivateEncoder;
import io.t1.codec.wire.FetchTableEncoder;
import io.t1.codec.wire.HelloEncoder;
import io.t1.codec.wire.ListTablesEncoder;
import io.t1.codec.wire.PublishEncoder;
import io.t1.codec.wire.PublishRole;
import io.t1.codec.wire.RollbackEncoder;
import io.t1.codec.wire.RollbackTarget;
import io.t1.codec.wire.StatsFormat;
import io.t1.codec.wire.StatsRequestEncoder;
import java.nio.charset.StandardCharsets;
import org.agrona.MutableDirectBuffer;

/**
 * Writes whole frames of the requests that aren't on the decision path. Each method returns the frame's bytes, its
 * prefix included.
 *
 * <p>Threading: one thread. Allocation: a few small arrays.
 */
public final class RequestFrames {
    /** Most bytes of a client's name. */
    public static final int MAX_CLIENT_NAME_BYTES = 128;

    private final HelloEncoder hello = new HelloEncoder();
    private final StatsRequestEncoder statsRequest = new StatsRequestEncoder();
    private final PublishEncoder publish = new PublishEncoder();
    private final ActivateEncoder activate = new ActivateEncoder();
    private final RollbackEncoder rollback = new RollbackEncoder();
    private final ListTablesEncoder listTables = new ListTablesEncoder();
    private final FetchTableEncoder fetchTable = new FetchTableEncoder();

    /** The first frame of a connection, and one more for each further table key. */
    public int hello(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final TableKey key,
            final String clientName) {
        final byte[] name = clientName.getBytes(StandardCharsets.UTF_8);
        final int length = BODY_OFFSET
                + HelloEncoder.BLOCK_LENGTH
                + keyLength(key)
                + FrameWriter.textLength(name, "clientName", MAX_CLIENT_NAME_BYTES);
        FrameWriter.begin(buffer, offset, length, HelloEncoder.BLOCK_LENGTH, HelloEncoder.TEMPLATE_ID);
        hello.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .protocolVersion(FrameDescriptor.PROTOCOL_VERSION)
                .index(key.index())
                .region(key.region())
                .language(key.language())
                .putClientName(name, 0, name.length);
        return length;
    }

    /** Asks for the figures of /stats as JSON. */
    public int statsRequest(final MutableDirectBuffer buffer, final int offset, final long correlationId) {
        final int length = BODY_OFFSET + StatsRequestEncoder.BLOCK_LENGTH;
        FrameWriter.begin(buffer, offset, length, StatsRequestEncoder.BLOCK_LENGTH, StatsRequestEncoder.TEMPLATE_ID);
        statsRequest
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .format(StatsFormat.JSON);
        return length;
    }

    /**
     * Hands a table over.
     *
     * @param artifact a {@code router_distilled_int8.json}, 1 to {@link FrameDescriptor#MAX_ARTIFACT_LENGTH} bytes.
     */
    public int publish(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final PublishRole role,
            final byte[] artifact) {
        if (artifact.length < 1 || artifact.length > MAX_ARTIFACT_LENGTH) {
            throw new IllegalArgumentException(
                    "artifact length=" + artifact.length + " not in 1.." + MAX_ARTIFACT_LENGTH + " bytes");
        }
        if (role == PublishRole.NULL_VAL) {
            throw new IllegalArgumentException("role=NULL_VAL isn't ACTIVATE, STAGE or BASELINE");
        }
        final int length = BODY_OFFSET + PublishEncoder.BLOCK_LENGTH + BYTES_PREFIX_LENGTH + artifact.length;
        FrameWriter.begin(buffer, offset, length, PublishEncoder.BLOCK_LENGTH, PublishEncoder.TEMPLATE_ID);
        publish.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .role(role)
                .putArtifact(artifact, 0, artifact.length);
        return length;
    }

    /** Makes a stored version the active one. */
    public int activate(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final TableKey key,
            final long tableVersion) {
        final int length = BODY_OFFSET + ActivateEncoder.BLOCK_LENGTH + keyLength(key);
        FrameWriter.begin(buffer, offset, length, ActivateEncoder.BLOCK_LENGTH, ActivateEncoder.TEMPLATE_ID);
        activate.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .tableVersion(tableVersion)
                .index(key.index())
                .region(key.region())
                .language(key.language());
        return length;
    }

    /** Takes a key's table back. */
    public int rollback(
            final MutableDirectBuffer buffer,
            final int offset,
            final long correlationId,
            final TableKey key,
            final RollbackTarget target) {
        if (target == RollbackTarget.NULL_VAL) {
            throw new IllegalArgumentException("target=NULL_VAL isn't PREVIOUS or BASELINE");
        }
        final int length = BODY_OFFSET + RollbackEncoder.BLOCK_LENGTH + keyLength(key);
        FrameWriter.begin(buffer, offset, length, RollbackEncoder.BLOCK_LENGTH, RollbackEncoder.TEMPLATE_ID);
        rollback.wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .target(target)
                .index(key.index())
                .region(key.region())
                .language(key.language());
        return length;
    }

    /** Asks for the store's tables. */
    public int listTables(final MutableDirectBuffer buffer, final int offset, final long correlationId) {
        final int length = BODY_OFFSET + ListTablesEncoder.BLOCK_LENGTH;
        FrameWriter.begin(buffer, offset, length, ListTablesEncoder.BLOCK_LENGTH, ListTablesEncoder.TEMPLATE_ID);
        listTables.wrap(buffer, FrameWriter.body(offset)).correlationId(correlationId);
        return length;
    }

    /** Asks for the table that a key's decisions come from. */
    public int fetchTable(
            final MutableDirectBuffer buffer, final int offset, final long correlationId, final TableKey key) {
        final int length = BODY_OFFSET + FetchTableEncoder.BLOCK_LENGTH + keyLength(key);
        FrameWriter.begin(buffer, offset, length, FetchTableEncoder.BLOCK_LENGTH, FetchTableEncoder.TEMPLATE_ID);
        fetchTable
                .wrap(buffer, FrameWriter.body(offset))
                .correlationId(correlationId)
                .index(key.index())
                .region(key.region())
                .language(key.language());
        return length;
    }

    /** Bytes of a key's three parts, which are ASCII. */
    private static int keyLength(final TableKey key) {
        return 3 * FrameDescriptor.TEXT_PREFIX_LENGTH
                + key.index().length()
                + key.region().length()
                + key.language().length();
    }
}

package io.t1.sidecar.journal;

import static io.t1.sidecar.journal.ObservationRecordDescriptor.*;
import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.t1.codec.Arm;
import io.t1.codec.TableKey;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal from its oldest record on, also while a sidecar writes it.
 *
 * <p>Threading: one thread. Allocation: an observation each.
 */
public final class JournalReader implements AutoCloseable {
    private final SingleChronicleQueue queue;
    private final ExcerptTailer tailer;
    private final UnsafeBuffer record = new UnsafeBuffer();
    private byte[] bytes = new byte[64 * 1024];
    private @Nullable TableKey key;
    private int next;
    private int count;

    /**
     * Opens a journal's directory, read-only.
     *
     * @throws NoSuchFileException if there is no journal.
     */
    public JournalReader(final Path directory) throws NoSuchFileException {
        if (!Files.isDirectory(directory)) {
            throw new NoSuchFileException(directory.toString(), null, "no journal here");
        }
        ChronicleSettings.apply();
        queue = SingleChronicleQueueBuilder.binary(directory)
                .rollCycle(ObservationQueue.ROLL_CYCLE)
                .blockSize(ObservationQueue.BLOCK_BYTES)
                .readOnly(true)
                .build();
        tailer = queue.createTailer().toStart();
    }

    /**
     * The next observation; null when there is none yet.
     *
     * @throws IllegalStateException if a record isn't of a kind that this version knows.
     */
    public @Nullable Observation next() {
        if (next < count && key != null) {
            return decision(key, next++);
        }
        try (var document = tailer.readingDocument()) {
            if (!document.isPresent()) {
                return null;
            }
            final Bytes<?> from = document.wire().bytes();
            final int length = (int) from.readRemaining();
            if (length > bytes.length) {
                bytes = new byte[length];
            }
            from.read(bytes, 0, length);
            record.wrap(bytes, 0, length);
        }
        final int type = record.getByte(TYPE_OFFSET);
        final int version = record.getByte(VERSION_OFFSET);
        if (version != VERSION || (type != DECISIONS && type != OUTCOME)) {
            throw new IllegalStateException("journal record type=" + type + ", version=" + version
                    + " isn't known here: read it with the release that wrote it");
        }
        if (type == OUTCOME) {
            return outcome();
        }
        final TableKey keyOfBatch = key();
        key = keyOfBatch;
        count = uint16(COUNT_OFFSET);
        next = 1;
        return decision(keyOfBatch, 0);
    }

    @Override
    public void close() {
        tailer.close();
        queue.close();
    }

    private TableKey key() {
        final int index = record.getByte(INDEX_LENGTH_OFFSET);
        final int region = record.getByte(REGION_LENGTH_OFFSET);
        final int language = record.getByte(LANGUAGE_LENGTH_OFFSET);
        return new TableKey(
                record.getStringWithoutLengthAscii(KEY_OFFSET, index),
                record.getStringWithoutLengthAscii(KEY_OFFSET + index, region),
                record.getStringWithoutLengthAscii(KEY_OFFSET + index + region, language));
    }

    private Observation decision(final TableKey key, final int q) {
        final int features = record.getByte(FEATURES_OFFSET);
        final int n = count;
        final int ids = KEY_OFFSET
                + key.index().length()
                + key.region().length()
                + key.language().length();
        final int scores = ids + Long.BYTES * n;
        final int propensities = scores + Float.BYTES * n;
        final int gains = propensities + Float.BYTES * n;
        final int flags = gains + Float.BYTES * n;
        final int efs = flags + Short.BYTES * n;
        final int topks = efs + Short.BYTES * n;
        final int depths = topks + Short.BYTES * n;
        final int arms = depths + Short.BYTES * n;
        final int codes = arms + n;
        final byte[] row = new byte[features];
        for (int feature = 0; feature < features; feature++) {
            row[feature] = record.getByte(codes + feature * n + q);
        }
        return new Observation.Decision(
                record.getLong(TIME_OFFSET, LITTLE_ENDIAN),
                record.getLong(ids + Long.BYTES * q, LITTLE_ENDIAN),
                key,
                record.getLong(TABLE_VERSION_OFFSET, LITTLE_ENDIAN),
                row,
                Arm.ofCode(record.getByte(arms + q)),
                float32(scores + Float.BYTES * q),
                float32(propensities + Float.BYTES * q),
                float32(gains + Float.BYTES * q),
                uint16(flags + Short.BYTES * q),
                uint16(efs + Short.BYTES * q),
                uint16(topks + Short.BYTES * q),
                uint16(depths + Short.BYTES * q));
    }

    private Observation outcome() {
        final String topTen = record.getStringWithoutLengthUtf8(TOP_TEN_OFFSET, uint16(TOP_TEN_LENGTH_OFFSET));
        return new Observation.Outcome(
                record.getLong(TIME_OFFSET, LITTLE_ENDIAN),
                record.getLong(DECISION_ID_OFFSET, LITTLE_ENDIAN),
                float32(LATENCY_OFFSET),
                float32(NDCG_OFFSET),
                float32(BASELINE_NDCG_OFFSET),
                float32(JACCARD_OFFSET),
                float32(LABEL_OFFSET),
                topTen.isEmpty() ? List.of() : topTen.lines().toList());
    }

    private float float32(final int offset) {
        return record.getFloat(offset, LITTLE_ENDIAN);
    }

    private int uint16(final int offset) {
        return Short.toUnsignedInt(record.getShort(offset, LITTLE_ENDIAN));
    }
}

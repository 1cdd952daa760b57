package io.t1.sidecar.store;

import io.t1.codec.TableKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of records on disk, big-endian, each ending in a CRC-32C of all before it.
 *
 * <pre>
 *   table:  magic, key (3 x length and UTF-8), version, publishedAt, sha256[32], features, outputs, pairs, imageBytes,
 *           length, json, crc
 *   roles:  magic, sequence, active, previous, baseline, lastVersion, crc
 *   image:  magic, key, length and roles, count, count x (length and table), crc
 * </pre>
 *
 * A record that is cut, grown or changed anywhere reads as {@code null}.
 */
final class RecordCodec {
    private static final int TABLE_MAGIC = 0x5431_5401;
    private static final int ROLES_MAGIC = 0x5431_5201;
    private static final int IMAGE_MAGIC = 0x5431_4901;
    private static final int SHA256_LENGTH = 32;
    private static final int CRC_LENGTH = Integer.BYTES;
    private static final int ROLES_LENGTH = Integer.BYTES + 5 * Long.BYTES + CRC_LENGTH;

    private RecordCodec() {}

    static byte[] encode(final StoredArtifact table) {
        final TableSummary summary = table.summary();
        final byte[] key = key(summary.key());
        final byte[] record = new byte
                [Integer.BYTES
                        + key.length
                        + 2 * Long.BYTES
                        + SHA256_LENGTH
                        + 5 * Integer.BYTES
                        + table.json().length
                        + CRC_LENGTH];
        final ByteBuffer out = ByteBuffer.wrap(record);
        out.putInt(TABLE_MAGIC).put(key).putLong(summary.version()).putLong(summary.publishedAtMillis());
        out.put(HexFormat.of().parseHex(summary.sha256()));
        out.putInt(summary.features()).putInt(summary.outputs()).putInt(summary.pairs());
        out.putInt(summary.imageBytes()).putInt(table.json().length).put(table.json());
        return sealed(record);
    }

    static @Nullable StoredArtifact table(final byte @Nullable [] record) {
        final ByteBuffer in = opened(record, TABLE_MAGIC);
        if (in == null) {
            return null;
        }
        final TableKey key = key(in);
        final long version = in.getLong();
        final long publishedAt = in.getLong();
        final String sha256 = HexFormat.of().formatHex(bytes(in, SHA256_LENGTH));
        final int features = in.getInt();
        final int outputs = in.getInt();
        final int pairs = in.getInt();
        final int imageBytes = in.getInt();
        final byte[] json = bytes(in, in.getInt());
        return new StoredArtifact(
                new TableSummary(key, version, publishedAt, sha256, features, outputs, pairs, imageBytes), json);
    }

    static byte[] encode(final Roles roles) {
        final byte[] record = new byte[ROLES_LENGTH];
        final ByteBuffer out = ByteBuffer.wrap(record);
        out.putInt(ROLES_MAGIC)
                .putLong(roles.sequence())
                .putLong(roles.active())
                .putLong(roles.previous());
        out.putLong(roles.baseline()).putLong(roles.lastVersion());
        return sealed(record);
    }

    static @Nullable Roles roles(final byte @Nullable [] record) {
        final ByteBuffer in = opened(record, ROLES_MAGIC);
        return in == null ? null : new Roles(in.getLong(), in.getLong(), in.getLong(), in.getLong(), in.getLong());
    }

    static byte[] encode(final ServingImage image) {
        final byte[] key = key(image.key());
        final byte[] roles = encode(image.roles());
        final List<byte[]> tables =
                image.tables().stream().map(RecordCodec::encode).toList();
        final int tableBytes =
                tables.stream().mapToInt(table -> Integer.BYTES + table.length).sum();
        final byte[] record = new byte[3 * Integer.BYTES + key.length + roles.length + tableBytes + CRC_LENGTH];
        final ByteBuffer out = ByteBuffer.wrap(record);
        out.putInt(IMAGE_MAGIC).put(key).putInt(roles.length).put(roles).putInt(tables.size());
        tables.forEach(table -> out.putInt(table.length).put(table));
        return sealed(record);
    }

    static @Nullable ServingImage image(final byte[] record) {
        final ByteBuffer in = opened(record, IMAGE_MAGIC);
        if (in == null) {
            return null;
        }
        final TableKey key = key(in);
        final Roles roles = roles(bytes(in, in.getInt()));
        if (roles == null) {
            return null;
        }
        final int count = in.getInt();
        final List<StoredArtifact> tables = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            final StoredArtifact table = table(bytes(in, in.getInt()));
            if (table == null) {
                return null;
            }
            tables.add(table);
        }
        return new ServingImage(key, roles, List.copyOf(tables));
    }

    private static byte[] sealed(final byte[] record) {
        final int end = record.length - CRC_LENGTH;
        ByteBuffer.wrap(record).putInt(end, crc(record, end));
        return record;
    }

    /** The record from after its magic, once its checksum holds: what a checksum covers was written by us, whole. */
    private static @Nullable ByteBuffer opened(final byte @Nullable [] record, final int magic) {
        if (record == null || record.length < Integer.BYTES + CRC_LENGTH) {
            return null;
        }
        final ByteBuffer in = ByteBuffer.wrap(record);
        final int end = record.length - CRC_LENGTH;
        return in.getInt() == magic && in.getInt(end) == crc(record, end) ? in : null;
    }

    private static int crc(final byte[] bytes, final int length) {
        final CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    private static byte[] key(final TableKey key) {
        final byte[] text = key.toString().getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + text.length)
                .putInt(text.length)
                .put(text)
                .array();
    }

    private static TableKey key(final ByteBuffer in) {
        return TableKey.parse(new String(bytes(in, in.getInt()), StandardCharsets.UTF_8));
    }

    private static byte[] bytes(final ByteBuffer in, final int length) {
        final byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }
}

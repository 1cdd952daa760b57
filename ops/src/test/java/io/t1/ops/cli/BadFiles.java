package io.t1.ops.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.GZIPOutputStream;

/** Observation files that are wrong in one way each, and the good ones that they were made from. */
final class BadFiles {
    static final String HEADER = "query_id,arm,ndcg10,latency_us,entropy,query_length\n";
    private static final List<String> ARMS = List.of("SKIP", "CHEAP", "FULL");
    private static final int QUERIES = 200;
    private static final long TEN_GB = 10L << 30;
    private static final int ZSTANDARD_BLOCK = 128 << 10;

    private BadFiles() {}

    /** What stands in a row of a query and arm, after its {@code query_id} and arm. */
    @FunctionalInterface
    interface Cells {
        String of(int query, int arm);
    }

    static String csv(final Cells cells) {
        final StringBuilder rows = new StringBuilder(HEADER);
        for (int q = 0; q < QUERIES; q++) {
            for (int arm = 0; arm < ARMS.size(); arm++) {
                rows.append("q" + q + "," + ARMS.get(arm) + "," + cells.of(q, arm) + "\n");
            }
        }
        return rows.toString();
    }

    /** Rows that can be learnt from. */
    static String good() {
        final SplittableRandom random = new SplittableRandom(7);
        return csv((q, arm) -> random.nextInt(1000) / 1e3 + "," + (100 + 900 * arm + random.nextInt(99)) + ","
                + q % 97 / 10.0 + "," + (1 + q % 9));
    }

    static String jsonLines() {
        final StringBuilder lines = new StringBuilder();
        for (int q = 0; q < 20; q++) {
            for (final String arm : ARMS) {
                lines.append("{\"query_id\":\"q" + q + "\",\"arm\":\"" + arm
                        + "\",\"ndcg10\":0.5,\"latency_us\":10,\"entropy\":1,\"query_length\":2}\n");
            }
        }
        return lines.toString();
    }

    static byte[] utf8(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] noise() {
        final byte[] noise = new byte[4096];
        new SplittableRandom(3).nextBytes(noise);
        return noise;
    }

    static byte[] gzip(final byte[] content) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** A small file that unpacks to ten gigabytes: a header, and then one gzip member again and again. */
    static byte[] gzipOfTenGigabytes(final String head, final String repeated) throws IOException {
        final byte[] member = gzip(utf8(repeated.repeat((16 << 20) / repeated.length())));
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(gzip(utf8(head)));
        for (long unpacked = 0; unpacked < TEN_GB; unpacked += 16 << 20) {
            bytes.write(member);
        }
        return bytes.toByteArray();
    }

    /** A Zstandard frame that unpacks to ten gigabytes (RFC 8878): a raw block, then one byte in blocks of run lengths. */
    static byte[] zstandardOfTenGigabytes(final String head, final char repeated) {
        final byte[] raw = utf8(head);
        final int blocks = (int) (TEN_GB / ZSTANDARD_BLOCK);
        final ByteBuffer frame =
                ByteBuffer.allocate(6 + 3 + raw.length + 4 * blocks).order(ByteOrder.LITTLE_ENDIAN);
        frame.putInt(0xFD2FB528).put((byte) 0).put((byte) ((17 - 10) << 3)); // no sizes told, a window of 128 KiB
        putBlockHeader(frame, raw.length << 3);
        frame.put(raw);
        for (int b = 0; b < blocks; b++) {
            putBlockHeader(frame, (ZSTANDARD_BLOCK << 3) | (1 << 1) | (b == blocks - 1 ? 1 : 0));
            frame.put((byte) repeated);
        }
        return frame.array();
    }

    private static void putBlockHeader(final ByteBuffer frame, final int header) {
        frame.put((byte) header).put((byte) (header >> 8)).put((byte) (header >> 16));
    }

    /**
     * A Parquet file whose footer says, wherever it tells a count of rows, that there are ten billion.
     *
     * @param rows that it has, 64 to 8,191: two bytes in the footer.
     */
    static byte[] claimingTenBillionRows(final byte[] parquet, final int rows) {
        final int told = parquet.length - 8;
        final int begin =
                told - ByteBuffer.wrap(parquet).order(ByteOrder.LITTLE_ENDIAN).getInt(told);
        final byte[] count = i64(rows);
        final ByteArrayOutputStream footer = new ByteArrayOutputStream();
        int claims = 0;
        for (int at = begin; at < told; ) {
            if (Arrays.equals(parquet, at, at + count.length, count, 0, count.length)) {
                footer.writeBytes(i64(10_000_000_000L));
                at += count.length;
                claims++;
            } else {
                footer.write(parquet[at++]);
            }
        }
        if (claims < 2) {
            throw new IllegalStateException("the footer tells rows=" + rows + " " + claims + " times");
        }
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(parquet, 0, begin);
        bytes.writeBytes(footer.toByteArray());
        bytes.writeBytes(ByteBuffer.allocate(4)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(footer.size())
                .array());
        bytes.writeBytes(utf8("PAR1"));
        return bytes.toByteArray();
    }

    /** The next field of a struct, a 64-bit number, in Thrift's compact protocol: zigzag, seven bits a byte. */
    private static byte[] i64(final long value) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0x16);
        for (long left = value << 1; ; left >>>= 7) {
            if (left < 0x80) {
                bytes.write((int) left);
                return bytes.toByteArray();
            }
            bytes.write(((int) left & 0x7F) | 0x80);
        }
    }

    /** Two hundred rows as DuckDB writes them in a format that only it has a writer for here. */
    static byte[] converted(final Path folder, final String ending, final String options) throws Exception {
        return selected(
                folder, ending, options, "read_csv('" + Files.writeString(folder.resolve("from.csv"), good()) + "')");
    }

    /** What a selection gives, written by DuckDB. */
    static byte[] selected(final Path folder, final String ending, final String options, final String from)
            throws IOException, SQLException {
        final Path file = folder.resolve("made" + ending);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM " + from + ") TO '" + file + "' (" + options + ")");
        }
        return Files.readAllBytes(file);
    }

    static byte[] cut(final byte[] whole, final int length) {
        return Arrays.copyOf(whole, length);
    }

    /** A Parquet file whose last eight bytes claim a footer of two gigabytes, the most that fits the format. */
    static byte[] claimingAFooterOfGigabytes(final byte[] parquet) {
        final ByteBuffer claiming = ByteBuffer.wrap(parquet.clone()).order(ByteOrder.LITTLE_ENDIAN);
        claiming.putInt(parquet.length - 8, Integer.MAX_VALUE);
        return claiming.array();
    }

    /** A Zstandard frame of one segment whose header claims ten gigabytes of content, and holds four bytes. */
    static byte[] zstandardClaimingTenGigabytes() {
        return ByteBuffer.allocate(20)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0xFD2FB528)
                .put((byte) 0xE0) // content size in 8 bytes, single segment
                .putLong(TEN_GB)
                .put(new byte[] {4 << 3 | 1, 0, 0}) // the last block: raw, 4 bytes
                .putInt(0)
                .array();
    }
}

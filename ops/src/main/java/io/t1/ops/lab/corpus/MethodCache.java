package io.t1.ops.lab.corpus;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;

/**
 * Methods as they were extracted from source jars, kept by the jars' content: parsing them takes most of a minute.
 *
 * <pre>
 *   int magic | int version | int filesRead | int filesFailed | int count
 *   count x (id, overloads, className, name, sentence, text), each int length and UTF-8
 *   long CRC-32C of all before
 * </pre>
 */
final class MethodCache {
    private static final int MAGIC = 0x54314D43;
    /** Counts up when extraction changes what it finds. */
    private static final int VERSION = 2;

    private static final int LONGEST_TEXT = 1 << 24;

    private MethodCache() {}

    /** Where so many methods of these jars are kept. */
    static Path fileFor(final Path cache, final List<Path> jars, final int wanted, final long seed) {
        try {
            final MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (final Path jar : jars) {
                sha256.update(jar.getFileName().toString().getBytes(StandardCharsets.UTF_8));
                try (InputStream in = new DigestInputStream(Files.newInputStream(jar), sha256)) {
                    in.transferTo(OutputStream.nullOutputStream());
                }
            }
            sha256.update((wanted + " by " + seed).getBytes(StandardCharsets.UTF_8));
            final String hash = HexFormat.of().formatHex(sha256.digest(), 0, 12);
            return cache.resolve("methods-v" + VERSION + "-" + hash + ".bin");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * @return empty when the file is missing or isn't whole.
     */
    static Optional<SourceJars.Methods> read(final Path file) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        final CRC32C crc = new CRC32C();
        try (DataInputStream in = new DataInputStream(
                new CheckedInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16), crc))) {
            if (in.readInt() != MAGIC || in.readInt() != VERSION) {
                return Optional.empty();
            }
            final int filesRead = in.readInt();
            final int filesFailed = in.readInt();
            final int count = in.readInt();
            final List<JavaMethod> methods = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                methods.add(new JavaMethod(text(in), text(in), text(in), text(in), text(in), text(in)));
            }
            final long expected = crc.getValue();
            return in.readLong() == expected
                    ? Optional.of(new SourceJars.Methods(methods, filesRead, filesFailed))
                    : Optional.empty();
        } catch (final IOException e) {
            return Optional.empty(); // cut short or unreadable: it is made again
        }
    }

    private static String text(final DataInputStream in) throws IOException {
        final int length = in.readInt();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new IOException("text length=" + length + " not in 0.." + LONGEST_TEXT);
        }
        final byte[] bytes = new byte[length];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Writes beside, then renames: a reader sees the whole file or none. */
    static void write(final Path file, final SourceJars.Methods methods) {
        try {
            Files.createDirectories(file.getParent());
            final Path unfinished = Files.createTempFile(file.getParent(), file.getFileName() + ".", ".tmp");
            final CRC32C crc = new CRC32C();
            try (DataOutputStream out = new DataOutputStream(new CheckedOutputStream(
                    new BufferedOutputStream(Files.newOutputStream(unfinished), 1 << 16), crc))) {
                out.writeInt(MAGIC);
                out.writeInt(VERSION);
                out.writeInt(methods.filesRead());
                out.writeInt(methods.filesFailed());
                out.writeInt(methods.methods().size());
                for (final JavaMethod method : methods.methods()) {
                    for (final String text : List.of(
                            method.id(),
                            method.overloads(),
                            method.className(),
                            method.name(),
                            method.sentence(),
                            method.text())) {
                        final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                        out.writeInt(bytes.length);
                        out.write(bytes);
                    }
                }
                out.writeLong(crc.getValue());
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final IOException e) {
            throw new UncheckedIOException("can't write the cache " + file, e);
        }
    }
}

package io.t1.ops;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** A file written beside and renamed, so that nobody ever sees a part of it. Threading: any. */
public final class WholeFile {
    private WholeFile() {}

    /**
     * Refuses a place where {@link #write} couldn't write, before any work is done for it.
     *
     * @throws BadInputException if its folder isn't there or isn't writable, or it is a folder itself.
     */
    public static void requireWritable(final Path file) {
        final Path folder = folderOf(file);
        if (!Files.isDirectory(folder) || !Files.isWritable(folder)) {
            throw new BadInputException(file + ": no writable folder " + folder + ": make it first");
        }
        if (Files.isDirectory(file)) {
            throw new BadInputException(file + ": is a folder: name the file to write");
        }
    }

    /**
     * Writes a file, on disk before it bears its name.
     *
     * @throws BadInputException if it can't be written; then nothing is left of it.
     */
    public static void write(final Path file, final byte[] content) {
        requireWritable(file);
        try {
            final Path beside = Files.createTempFile(folderOf(file), "." + file.getFileName(), ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                    final ByteBuffer bytes = ByteBuffer.wrap(content);
                    while (bytes.hasRemaining()) {
                        channel.write(bytes);
                    }
                    channel.force(true);
                }
                readableLikeOthers(beside);
                Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (final IOException e) {
            throw new BadInputException(file + ": can't be written: " + e.getMessage(), e);
        }
    }

    /** Temporary files are their owner's alone; what is written is for others to read too. */
    private static void readableLikeOthers(final Path file) throws IOException {
        final var posix = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (posix != null) {
            posix.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
        }
    }

    private static Path folderOf(final Path file) {
        final Path folder = file.toAbsolutePath().getParent();
        return folder == null ? Path.of("/") : folder;
    }
}

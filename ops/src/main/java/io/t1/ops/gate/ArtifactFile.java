package io.t1.ops.gate;

import io.t1.ops.BadInputException;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;

/** A table's file: read whole and checked; written beside and renamed, so that nobody ever sees a part of it. */
public final class ArtifactFile {
    private ArtifactFile() {}

    /**
     * Reads a table.
     *
     * @throws BadInputException if it isn't there, or isn't a valid table.
     */
    public static RouterArtifact read(final Path file) {
        try {
            if (Files.size(file) > RouterArtifactJson.MAX_LENGTH) {
                throw new BadInputException(file + ": length=" + Files.size(file) + " > "
                        + RouterArtifactJson.MAX_LENGTH + ": not a router table");
            }
            return RouterArtifactJson.read(Files.readAllBytes(file));
        } catch (final RefusedArtifactException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        } catch (final NoSuchFileException e) {
            throw new BadInputException(file + ": no such file; t1 distil writes one", e);
        } catch (final IOException e) {
            throw new BadInputException(file + ": can't be read: " + e.getMessage(), e);
        }
    }

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

    /** Writes a table, on disk before it bears its name. */
    public static void write(final Path file, final RouterArtifact artifact) {
        requireWritable(file);
        final byte[] json = RouterArtifactJson.write(artifact);
        try {
            final Path beside = Files.createTempFile(folderOf(file), "." + file.getFileName(), ".tmp");
            try {
                try (FileChannel channel = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                    final ByteBuffer bytes = ByteBuffer.wrap(json);
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

    /** Temporary files are their owner's alone; a table is for the server to read too. */
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

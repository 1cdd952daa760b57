package io.t1.sidecar.store;

import io.t1.codec.TableKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One checksummed file a key with what is live: read at start, so that the server decides while the store still opens.
 *
 * <p>A file is written aside, flushed, and renamed over the old one: after a crash at any point the old or the new one is
 * there, whole. The rename itself isn't flushed: a loss of power may bring the old one back, and the store, which was
 * flushed before and has the higher sequence number, wins over it. Threading: one thread at a time.
 */
public final class ServingImages {
    private static final Logger LOG = LoggerFactory.getLogger(ServingImages.class);
    private static final String SUFFIX = ".live";
    private static final String ASIDE = ".new";

    private final Path directory;

    /**
     * @param directory made if it isn't there.
     * @throws IOException if it can't be.
     */
    public ServingImages(final Path directory) throws IOException {
        this.directory = Files.createDirectories(directory);
    }

    /** Shows every image that reads whole. One that doesn't is logged and left out; the store has the same tables. */
    public void readAll(final Consumer<ServingImage> each) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (final Path file : files) {
                final ServingImage image = read(file);
                if (image != null) {
                    each.accept(image);
                }
            }
        }
    }

    /** A key's image, or null when there is none that reads whole. */
    public @Nullable ServingImage read(final TableKey key) throws IOException {
        final Path file = file(key);
        return Files.exists(file) ? read(file) : null;
    }

    private static @Nullable ServingImage read(final Path file) throws IOException {
        final ServingImage image = RecordCodec.image(Files.readAllBytes(file));
        if (image == null) {
            LOG.error("serving image {} is damaged: its tables come from the store instead", file);
        }
        return image;
    }

    /** Replaces a key's image. Once this returns, the new one survives a crash of this process. */
    public void write(final ServingImage image) throws IOException {
        final Path target = file(image.key());
        final Path aside = target.resolveSibling(target.getFileName() + ASIDE);
        try (FileChannel channel = FileChannel.open(
                aside, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            final ByteBuffer bytes = ByteBuffer.wrap(RecordCodec.encode(image));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private Path file(final TableKey key) {
        // a comma can't be in a part, so no two keys share a file
        return directory.resolve(key.index() + "," + key.region() + "," + key.language() + SUFFIX);
    }
}

package io.t1.sidecar.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A directory that one server owns at a time, by a lock which the system drops with the process, however it ends.
 *
 * <p>Chronicle Map's recovery, which opens the store, needs that to be so.
 */
public final class DataDirectory implements AutoCloseable {
    private final Path path;
    private final FileChannel channel;

    private DataDirectory(final Path path, final FileChannel channel) {
        this.path = path;
        this.channel = channel;
    }

    /**
     * Takes a directory, which is made if it isn't there.
     *
     * @throws IOException if another server has it, or it can't be written.
     */
    public static DataDirectory own(final Path path) throws IOException {
        Files.createDirectories(path);
        final FileChannel channel =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            throw new IOException("data directory " + path
                    + " belongs to a server that runs: stop it, or give this one another --data");
        }
        return new DataDirectory(path, channel);
    }

    /** The lock on a file, or null when another has it, this process included. */
    public static @Nullable FileLock tryLock(final FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (final OverlappingFileLockException _) {
            return null; // this process holds it through another channel
        }
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Lets go of it. Twice is harmless. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}

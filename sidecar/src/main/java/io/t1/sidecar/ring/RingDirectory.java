package io.t1.sidecar.ring;

import com.sun.security.auth.module.UnixSystem;
import io.t1.sidecar.store.DataDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of a server's ring files: its own user's alone, and one server's at a time, so that every file found in
 * it at the start was left behind by one that is gone.
 */
final class RingDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RingDirectory.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final String RINGS = "*.ring";

    private final Path path;
    private final FileChannel lock;

    private RingDirectory(final Path path, final FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Makes the directory or takes it over, and removes the files left in it.
     *
     * @throws IOException if it is another user's, open to others, or another server's.
     */
    static RingDirectory claim(final Path directory) throws IOException {
        final Path path = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (final FileAlreadyExistsException _) {
            check(path);
        }
        final FileChannel lock =
                FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (DataDirectory.tryLock(lock) == null) {
                throw new IOException("a server keeps its rings in " + path + " already: give this one another");
            }
            final RingDirectory claimed = new RingDirectory(path, lock);
            claimed.removeFiles();
            return claimed;
        } catch (final IOException e) {
            lock.close();
            throw e;
        }
    }

    private static void check(final Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(path + " is no directory: move it away, rings are kept there");
        }
        final Set<PosixFilePermission> mode = Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS);
        if (!mode.equals(OWNER_ONLY)) {
            throw new IOException("ring directory " + path + " has mode " + PosixFilePermissions.toString(mode)
                    + ", not rwx------: others could replace rings, remove it or chmod 700 it");
        }
        final long owner = ((Number) Files.getAttribute(path, "unix:uid", LinkOption.NOFOLLOW_LINKS)).longValue();
        final long self = new UnixSystem().getUid();
        if (owner != self) {
            throw new IOException("ring directory " + path + " belongs to uid " + owner + ", not " + self
                    + ": remove it as that user");
        }
    }

    private void removeFiles() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, RINGS)) {
            for (final Path file : files) {
                LOG.info("ring {} was left behind: removed", file);
                Files.deleteIfExists(file);
            }
        }
    }

    /** Where the file of a ring goes. */
    Path file(final long ringId) {
        return path.resolve(String.format("%016x.ring", ringId));
    }

    /** Removes what is left and lets go. */
    @Override
    public void close() throws IOException {
        if (lock.isOpen()) {
            try {
                removeFiles();
            } finally {
                lock.close();
            }
        }
    }
}

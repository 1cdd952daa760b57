package io.t1.sidecar.transport;

import io.t1.sidecar.store.DataDirectory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The path of a Unix socket, owned by one server at a time.
 *
 * <p>A lock file beside it, which the system unlocks with the process, settles who may bind: two that start at once can't
 * both win. A socket left behind by a dead server is found out by connecting to it, and removed. What is no socket is
 * never touched.
 */
public final class SocketFile implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SocketFile.class);
    /** {@code sun_path} holds 108 bytes with the zero at its end. */
    private static final int MAX_PATH_BYTES = 107;

    private static final int FILE_TYPE_MASK = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    private final Path path;
    private final FileChannel lock;

    private SocketFile(final Path path, final FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /**
     * Takes a path to bind to.
     *
     * @throws IOException if someone serves there, what is there is no socket, or it can't be bound to.
     */
    public static SocketFile claim(final Path path) throws IOException {
        final int bytes = path.toString().getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_PATH_BYTES) {
            throw new IOException("socket path of " + bytes + " bytes > " + MAX_PATH_BYTES
                    + ", the system's limit: give a shorter --socket than " + path);
        }
        final Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        final FileChannel lock = openLock(path.resolveSibling(path.getFileName() + ".lock"));
        try {
            if (DataDirectory.tryLock(lock) == null) {
                throw alreadyServed(path);
            }
            removeStale(path);
            return new SocketFile(path, lock);
        } catch (final IOException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel openLock(final Path file) throws IOException {
        try {
            return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        } catch (final AccessDeniedException e) {
            throw new IOException(
                    "socket lock " + file
                            + " belongs to another user: give another --socket, or remove it as that user",
                    e);
        }
    }

    private static void removeStale(final Path path) throws IOException {
        try {
            final int mode = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
            if ((mode & FILE_TYPE_MASK) != SOCKET_TYPE) {
                throw new IOException(path + " exists and is no socket: move it away, or give another --socket");
            }
        } catch (final NoSuchFileException _) {
            return; // free
        }
        if (answers(path)) {
            throw alreadyServed(path);
        }
        LOG.info("socket {} was left behind by a server that is gone: removed", path);
        Files.deleteIfExists(path);
    }

    private static boolean answers(final Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false); // a full backlog would block, and means that someone listens
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (final ConnectException _) {
            return false; // refused: nobody listens
        } catch (final IOException e) {
            throw new IOException(
                    "socket " + path + " exists and can't be probed (" + e.getMessage() + "): give another --socket",
                    e);
        }
    }

    private static IOException alreadyServed(final Path path) {
        return new IOException("a server listens on " + path + " already: stop it, or give this one another --socket");
    }

    /** Where it is. */
    public Path path() {
        return path;
    }

    /** Lets owner and group connect, nobody else: called once bound. */
    public void restrict() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw----"));
    }

    /** Removes the socket, so that nobody finds it any more; the claim stays. */
    public void remove() throws IOException {
        Files.deleteIfExists(path);
    }

    /** Removes the socket and lets go of the path. The lock file stays: removing it would let two win. */
    @Override
    public void close() throws IOException {
        if (lock.isOpen()) {
            try {
                remove();
            } finally {
                lock.close();
            }
        }
    }
}

package io.t1.sidecar.reload;

import io.t1.codec.frame.FrameDescriptor;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes the {@code *.json} of a directory as they appear and change.
 *
 * <p>The system's watch says when to look, and besides the directory is looked at every so often, each file by its
 * content: a watch misses a rename on some mounts and the swap of the symbolic link through which a mounted ConfigMap
 * changes. Only a change of content counts, so neither a touch nor a restart undoes a rollback.
 *
 * <p>A file that reads whole is published at once; a table carries its own checksum, so half a file never does. One that
 * doesn't may still be on its way: it is handed on, to be refused loudly, once its content has stood still. Refused
 * content is tried again when it changes.
 *
 * <p>Threading: a thread of its own.
 */
public final class WatchedDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WatchedDirectory.class);
    /** How long content that can't be read must stand still before it counts as bad and not as half copied. */
    private static final long SETTLE_NS = TimeUnit.MILLISECONDS.toNanos(300);

    private static final long UNSETTLED_POLL_MS = 50;
    private static final long CLOSE_TIMEOUT_MS = 10_000;

    private final Path directory;
    private final int pollMs;
    private final SeenFiles seen;
    private final TablePublisher publisher;
    private final Thread thread;
    /** By file name, the content that was handed on last. */
    private final Map<String, String> handled = new HashMap<>();

    private final Map<String, Unsettled> unsettled = new HashMap<>();
    private final WatchService watch;
    private @Nullable Path watched;
    private @Nullable WatchKey watchKey;
    private boolean absent;
    private volatile boolean closing;

    /**
     * @param pollMs how often it is looked at, told or not.
     * @param memory a file in which is kept what was published.
     * @param publisher where tables go.
     * @throws IOException if the system gives no watch.
     */
    public WatchedDirectory(final Path directory, final int pollMs, final Path memory, final TablePublisher publisher)
            throws IOException {
        this.directory = directory;
        this.pollMs = pollMs;
        this.publisher = publisher;
        seen = new SeenFiles(memory);
        watch = FileSystems.getDefault().newWatchService();
        thread = Thread.ofPlatform().daemon().name("t1-watch").unstarted(this::run);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    private void run() {
        while (!closing) {
            try {
                register();
                look();
                final WatchKey told = watch.poll(
                        unsettled.isEmpty() ? pollMs : Math.min(pollMs, UNSETTLED_POLL_MS), TimeUnit.MILLISECONDS);
                if (told != null) {
                    told.pollEvents(); // which file it was doesn't matter: all are looked at
                    told.reset();
                }
            } catch (final ClosedWatchServiceException | InterruptedException _) {
                return;
            } catch (final RuntimeException e) {
                LOG.error("looking at {} failed", directory, e);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pollMs));
            }
        }
    }

    /** Watches the directory that the path leads to now, which is another after a link on the way was swapped. */
    private void register() {
        try {
            final Path now = directory.toRealPath();
            if (!now.equals(watched) || watchKey == null || !watchKey.isValid()) {
                if (watchKey != null) {
                    watchKey.cancel();
                }
                watchKey = now.register(
                        watch,
                        StandardWatchEventKinds.ENTRY_CREATE,
                        StandardWatchEventKinds.ENTRY_MODIFY,
                        StandardWatchEventKinds.ENTRY_DELETE);
                watched = now;
                LOG.info("watching {} for tables", directory);
            }
            absent = false;
        } catch (final IOException e) {
            watched = null;
            if (!absent) {
                LOG.warn("{} can't be watched ({}): looked for every {} ms", directory, e.toString(), pollMs);
            }
            absent = true;
        }
    }

    private void look() {
        if (absent) {
            return;
        }
        final List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> json = Files.newDirectoryStream(directory, "*.json")) {
            json.forEach(files::add);
        } catch (final IOException e) {
            LOG.warn("{} can't be listed: {}", directory, e.toString());
            return;
        }
        Collections.sort(files);
        unsettled
                .keySet()
                .removeIf(name -> files.stream()
                        .noneMatch(file -> file.getFileName().toString().equals(name)));
        for (final Path file : files) {
            try {
                lookAt(file);
            } catch (final IOException e) {
                LOG.debug("{} can't be read now: {}", file, e.toString()); // it may be on its way: the next look tells
            }
        }
    }

    private void lookAt(final Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return;
        }
        final String name = file.getFileName().toString();
        final boolean tooLong = Files.size(file) > FrameDescriptor.MAX_FRAME_LENGTH;
        final byte[] content = tooLong ? new byte[0] : Files.readAllBytes(file);
        final String sha256 = tooLong ? "over " + FrameDescriptor.MAX_FRAME_LENGTH + " bytes" : sha256(content);
        if (sha256.equals(handled.computeIfAbsent(name, key -> String.valueOf(seen.published(key))))) {
            unsettled.remove(name);
            return;
        }
        if (isWhole(content) || hasSettled(name, sha256)) {
            unsettled.remove(name);
            handOn(file, name, content, sha256);
        }
    }

    private void handOn(final Path file, final String name, final byte[] content, final String sha256) {
        switch (publisher.publish(content, file.toString())) {
            case PUBLISHED -> {
                handled.put(name, sha256);
                seen.publish(name, sha256);
            }
            case REFUSED -> handled.put(name, sha256);
            case TRY_AGAIN -> LOG.warn("{} couldn't be published now: tried again in {} ms", file, pollMs);
        }
    }

    private static boolean isWhole(final byte[] content) {
        try {
            RouterArtifactJson.read(content);
            return true;
        } catch (final RefusedArtifactException _) {
            return false; // told apart from half a copy by time
        }
    }

    private boolean hasSettled(final String name, final String sha256) {
        final long now = System.nanoTime();
        final Unsettled before = unsettled.get(name);
        if (before == null || !before.sha256().equals(sha256)) {
            unsettled.put(name, new Unsettled(sha256, now));
            return false;
        }
        return now - before.sinceNanos() >= SETTLE_NS;
    }

    private static String sha256(final byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (final NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /** Ends the looking. Twice is harmless. */
    @Override
    public void close() throws IOException {
        closing = true;
        watch.close(); // wakes the thread
        try {
            if (thread.isAlive() && !thread.join(Duration.ofMillis(CLOSE_TIMEOUT_MS))) {
                LOG.error("the watch of {} didn't end within {} ms", directory, CLOSE_TIMEOUT_MS);
            }
        } catch (final InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private record Unsettled(String sha256, long sinceNanos) {}
}

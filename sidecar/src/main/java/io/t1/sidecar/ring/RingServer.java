package io.t1.sidecar.ring;

import io.t1.codec.cpu.CpuAffinity;
import io.t1.codec.cpu.CpuList;
import io.t1.codec.frame.RingGrant;
import io.t1.codec.ring.RingDescriptor;
import io.t1.codec.ring.RingFile;
import io.t1.codec.wire.ErrorCode;
import io.t1.codec.wire.RingWaiting;
import io.t1.sidecar.SidecarContext;
import io.t1.sidecar.stats.ServerStats;
import io.t1.sidecar.transport.DecisionLoop;
import io.t1.sidecar.transport.RingClient;
import io.t1.sidecar.transport.RingHost;
import io.t1.sidecar.transport.ServerParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lends rings: makes and removes their files on one thread, serves them on others, which start with the first ring.
 *
 * <p>Threading: any; {@link #close} once.
 */
public final class RingServer implements RingHost, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RingServer.class);
    /** Holds three of the longest requests. */
    private static final int REQUEST_BYTES = 256 * 1024;
    /** Holds five of the longest answers. */
    private static final int RESPONSE_BYTES = 256 * 1024;

    private static final int FILE_TASKS_WAITING = 1_024;
    private static final long CLOSE_TIMEOUT_MS = 5_000;

    private final SidecarContext context;
    private final ServerParts parts;
    private final ServerStats stats;
    private final @Nullable RingDirectory directory;
    private final ThreadPoolExecutor files;

    // guarded by this
    private final List<RingThread> threads = new ArrayList<>();
    private int opened;
    private int open;
    private boolean draining;

    /**
     * Takes the rings' directory; threads and files come with the rings.
     *
     * @throws IOException if the directory can't be had, or threads can't be pinned as set.
     */
    public RingServer(final SidecarContext context, final ServerParts parts, final ServerStats stats)
            throws IOException {
        this.context = context;
        this.parts = parts;
        this.stats = stats;
        final CpuList cpus = context.pinRings();
        if (cpus != null) {
            try {
                CpuAffinity.check(cpus);
            } catch (final IOException e) {
                throw new IOException("--pin-rings=" + cpus + ": " + e.getMessage(), e);
            }
        }
        directory = context.rings() == 0 ? null : RingDirectory.claim(context.ringDirectory());
        files = new ThreadPoolExecutor(
                0,
                1,
                1,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(FILE_TASKS_WAITING),
                Thread.ofPlatform().daemon().name("t1-ring-files").factory());
    }

    @Override
    public CompletableFuture<Answer> open(
            final int layoutVersion, final RingWaiting clientWaits, final RingClient client) {
        final RingDirectory directory = this.directory;
        if (directory == null) {
            return refused(ErrorCode.NOT_PERMITTED, "this server lends no rings (--rings=0)");
        }
        if (layoutVersion != RingDescriptor.LAYOUT_VERSION) {
            return refused(
                    ErrorCode.UNSUPPORTED_VERSION,
                    "ring layoutVersion=" + layoutVersion + "; this server has " + RingDescriptor.LAYOUT_VERSION);
        }
        if (!takeOne()) {
            return refused(ErrorCode.OVERLOADED, "rings=" + context.rings() + ", the limit (--rings)");
        }
        try {
            return CompletableFuture.supplyAsync(() -> make(directory, clientWaits, client), files);
        } catch (final RejectedExecutionException _) {
            giveBack();
            return refused(ErrorCode.OVERLOADED, "too many ask for rings: ask again later");
        }
    }

    private Answer make(final RingDirectory directory, final RingWaiting clientWaits, final RingClient client) {
        final long ringId = new SecureRandom().nextLong(); // not made at the start, which it would slow
        final Path path = directory.file(ringId);
        try {
            final RingFile file = RingFile.create(path, ringId, REQUEST_BYTES, RESPONSE_BYTES);
            final RingThread thread = nextThread();
            final ServedRing ring = new ServedRing(file, clientWaits, client, parts, thread.loop());
            thread.add(ring);
            final RingGrant grant = new RingGrant(
                    path.toString(),
                    ringId,
                    file.bytes(),
                    REQUEST_BYTES,
                    RESPONSE_BYTES,
                    context.ringIdle().waiting());
            return new Lent(new LentRing(this, grant, path, ring, thread));
        } catch (final IOException | RuntimeException e) {
            LOG.warn("no ring for a client: {}", e.toString());
            remove(path);
            giveBack();
            return new Refused(ErrorCode.INTERNAL, "its file can't be made: " + e);
        }
    }

    private synchronized RingThread nextThread() {
        final int index = Math.floorMod(opened++, context.ringThreads());
        if (index == threads.size()) {
            final long now = System.currentTimeMillis();
            final long seed = context.explorationSeed() == 0 ? now : context.explorationSeed();
            final int loopIndex = context.eventLoops() + index;
            final CpuList cpus = context.pinRings();
            final RingThread made = new RingThread(
                    "t1-ring-" + index,
                    context.ringIdle(),
                    cpus == null ? RingThread.ANY_CPU : cpus.of(index),
                    endsOfPass -> new DecisionLoop(
                            endsOfPass,
                            loopIndex,
                            now,
                            seed,
                            context.maxBacklogQueries(),
                            parts.served().epochs(),
                            stats.newLoop()));
            if (draining) {
                made.drain();
            }
            threads.add(made);
            made.start();
        }
        return threads.get(index);
    }

    private synchronized boolean takeOne() {
        if (open == context.rings()) {
            return false;
        }
        open++;
        return true;
    }

    private synchronized void giveBack() {
        open--;
    }

    /** Runs what touches files, not on the caller's thread while it can be helped. */
    void onFiles(final Runnable task) {
        try {
            files.execute(task);
        } catch (final RejectedExecutionException _) {
            task.run();
        }
    }

    /** Unmaps a ring that no thread serves any more. */
    void release(final RingFile file, final Path path) {
        file.close();
        remove(path);
        giveBack();
    }

    /** Takes a file's name away; who has it mapped keeps it. */
    static void remove(final Path path) {
        try {
            Files.deleteIfExists(path);
        } catch (final IOException e) {
            LOG.warn("ring {} couldn't be removed: {}", path, e.toString());
        }
    }

    private static CompletableFuture<Answer> refused(final ErrorCode code, final String text) {
        return CompletableFuture.completedFuture(new Refused(code, text));
    }

    @Override
    public synchronized void drain() {
        draining = true;
        threads.forEach(RingThread::drain);
    }

    /** Ends threads, then files. Connections must have gone. Twice is harmless. */
    @Override
    public void close() throws IOException {
        final List<RingThread> ending;
        synchronized (this) {
            ending = new ArrayList<>(threads);
            threads.clear();
        }
        for (final RingThread thread : ending) {
            if (thread.stop(CLOSE_TIMEOUT_MS)) {
                thread.loop().close();
            } else {
                LOG.error("a ring thread didn't end within {} ms", CLOSE_TIMEOUT_MS);
            }
        }
        files.shutdown();
        try {
            if (!files.awaitTermination(CLOSE_TIMEOUT_MS, TimeUnit.MILLISECONDS)) {
                LOG.warn("ring files are still being removed after {} ms", CLOSE_TIMEOUT_MS);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (directory != null) {
            directory.close();
        }
    }
}

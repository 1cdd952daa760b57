package io.t1.sidecar;

import io.netty.util.internal.logging.InternalLoggerFactory;
import io.netty.util.internal.logging.Slf4JLoggerFactory;
import io.t1.router.KernelKind;
import io.t1.router.RouterTable;
import io.t1.sidecar.http.StatsHttpServer;
import io.t1.sidecar.journal.JournalCounters;
import io.t1.sidecar.journal.ObservationJournal;
import io.t1.sidecar.memory.StartRemains;
import io.t1.sidecar.reload.WatchedDirectory;
import io.t1.sidecar.ring.RingServer;
import io.t1.sidecar.stats.Readiness;
import io.t1.sidecar.stats.Recording;
import io.t1.sidecar.stats.ServerStats;
import io.t1.sidecar.stats.StatsSources;
import io.t1.sidecar.store.DataDirectory;
import io.t1.sidecar.store.ServingImages;
import io.t1.sidecar.store.TableStore;
import io.t1.sidecar.tables.ControlThread;
import io.t1.sidecar.tables.LiveTables;
import io.t1.sidecar.tables.ServedTables;
import io.t1.sidecar.tables.TableControl;
import io.t1.sidecar.transport.AllowedUsers;
import io.t1.sidecar.transport.ServerParts;
import io.t1.sidecar.transport.SocketFile;
import io.t1.sidecar.transport.SocketServer;
import io.t1.sidecar.transport.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server: started, drained, closed. The one place where its parts meet.
 *
 * <p>It decides as soon as {@link #start} returns, if any table was active before; the store opens meanwhile, and
 * operations on tables wait for it.
 *
 * <p>Threading: any.
 */
public final class Sidecar implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sidecar.class);
    private static final int STATS_WAITING = 16;
    /** The first decisions have the processors to themselves for so long. */
    private static final Duration JOURNAL_OPENS_AFTER = Duration.ofSeconds(2);

    private final SidecarContext context;
    private final Closing closing;
    private final ServedTables served = new ServedTables();
    private final ServerStats stats;
    private final SocketFile socket;
    private final SocketServer server;
    private final ControlThread controlThread;
    private final TableControl control;
    private final @Nullable ObservationJournal journal;
    private final @Nullable StatsHttpServer http;
    private final Drain drain;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable TableStore store;

    private Sidecar(final SidecarContext context, final Closing closing) throws IOException {
        this.context = context;
        this.closing = closing;
        final Transport transport = Transport.of(context.transport());
        final AllowedUsers users = AllowedUsers.of(context.allowedUsers());
        final DataDirectory data = closing.add(DataDirectory.own(context.data()));
        socket = closing.add(SocketFile.claim(context.socket()));
        closing.add(this::closeStore);
        stats = closing.add(new ServerStats(new ServerStats.Context()
                .recording(context.record())
                .logDirectory(data.path().resolve("stats"))));
        final KernelKind kernel = KernelChoice.first(context.kernel());
        final LiveTables live = new LiveTables(
                served, new ServingImages(data.path().resolve("serving")), kernel, KernelChoice.available());
        closing.add(served::dropAll);
        live.serveImages();
        stats.reached("tables");
        control = new TableControl(live, Clock.systemUTC(), context.keepVersions(), stats::reloaded);
        controlThread =
                closing.add(new ControlThread(served.epochs(), context.controlQueue(), context.controlTimeoutMs()));
        journal = journal(data);
        final ServerParts parts =
                new ServerParts(served, control, controlThread, journal, this::statsJson, statsExecutor());
        final RingServer rings = closing.add(new RingServer(context, parts, stats));
        server = closing.add(new SocketServer(transport, context, users, parts, rings, stats));
        drain = new Drain(server, socket, controlThread);
        stats.describe(kernel.flag(), transport.kind().text());
        stats.sources(new StatsSources(
                () -> StoredTableRows.of(control.listed()),
                RouterTable::openBytes,
                this::readiness,
                this::journalCounters));
        server.bind(socket);
        stats.reached("socket");
        http = context.httpPort() == SidecarContext.HTTP_OFF
                ? null
                : closing.add(StatsHttpServer.start(context.httpPort(), stats));
        controlThread.start(() -> openStore(data));
        if (journal != null) {
            journal.start(); // after the socket is there: it takes its time to open, and its ring takes records already
        }
        stats.start();
        improveKernel(
                new KernelSwitch(
                        live,
                        controlThread,
                        chosen -> stats.describe(chosen.flag(), transport.kind().text())),
                remains(data));
        watch(data);
        LOG.info(
                "listening on {} {} ms after the process began, with {} ({}), kernel={}, {}",
                socket.path(),
                System.currentTimeMillis() - stats.startedAtMillis(),
                transport.kind().text(),
                transport.reason(),
                kernel.flag(),
                served.isReady() ? "ready" : "not ready until a table is published");
    }

    /**
     * Starts a server.
     *
     * @throws IOException if it can't; the message says why and what to do. Nothing is left running.
     */
    public static Sidecar start(final SidecarContext context) throws IOException {
        InternalLoggerFactory.setDefaultFactory(Slf4JLoggerFactory.INSTANCE);
        final Closing closing = new Closing();
        try {
            return new Sidecar(context.conclude(), closing);
        } catch (final IOException | RuntimeException | Error e) {
            closing.close();
            throw e;
        }
    }

    /** Whether it decides by a table. */
    public boolean ready() {
        return readiness() instanceof Readiness.Ready;
    }

    /** Whether it decides by a table, and if not what it waits for. */
    public Readiness readiness() {
        if (drain.hasBegun()) {
            return new Readiness.NotReady("draining");
        }
        return served.isReady() ? new Readiness.Ready() : new Readiness.NotReady("no table is active: publish one");
    }

    /** The Unix socket that it listens on. */
    public Path address() {
        return socket.path();
    }

    /** The TCP address that it listens on besides, or null. */
    public @Nullable InetSocketAddress tcpAddress() {
        return server.tcpAddress();
    }

    /** Port of the HTTP endpoints on loopback, or {@link SidecarContext#HTTP_OFF}. */
    public int httpPort() {
        return http == null ? SidecarContext.HTTP_OFF : http.port();
    }

    /** Its figures. */
    public ServerStats stats() {
        return stats;
    }

    /**
     * Stops accepting, answers what has come, then refuses with DRAINING until clients have gone, and closes.
     *
     * @param timeout the longest that this may take; files are flushed in any case.
     * @return whether all that had come was answered in time.
     */
    public boolean drain(final Duration timeout) {
        final boolean answered = drain.run(timeout);
        close();
        LOG.info(answered ? "drained" : "drained, but not everything was answered in time");
        return answered;
    }

    /**
     * What SIGTERM should do: drain, then end the process with exit code 0, or 1 when not everything was answered in
     * time. For {@link Runtime#addShutdownHook}; a hook that doesn't end the process itself leaves 143.
     */
    public Thread shutdownHook() {
        return Thread.ofPlatform().name("t1-drain").unstarted(() -> {
            final boolean answered = drain(Duration.ofMillis(context.drainMs()));
            Runtime.getRuntime().halt(answered ? 0 : 1);
        });
    }

    /** Returns when the server has been closed. */
    public void awaitShutdown() throws InterruptedException {
        closed.await();
    }

    /** Ends at once: connections are cut, files are flushed. Twice is harmless. */
    @Override
    public void close() {
        closing.close();
        closed.countDown();
    }

    private void improveKernel(final KernelSwitch next, final StartRemains remains) {
        if (context.kernel() == null) {
            closing.add(new KernelChoice(next, KernelChoice.Machine.of(traffic(), remains::giveBack)))
                    .start();
        } else if (context.kernel() == KernelKind.VECTOR) {
            closing.add(new PromisedVectors(next, KernelSwitch::rehearseVectors))
                    .start();
        }
    }

    private @Nullable ObservationJournal journal(final DataDirectory data) {
        if (context.journalMib() == 0) {
            return null;
        }
        return closing.add(new ObservationJournal(
                new ObservationJournal.Context(data.path().resolve("journal"))
                        .retentionBytes((long) context.journalMib() << 20)
                        .opensAfter(JOURNAL_OPENS_AFTER)));
    }

    /** Where nothing is recorded, nobody can tell, and it may be dense. */
    private Supplier<Traffic.Pace> traffic() {
        return context.record() == Recording.OFF
                ? () -> Traffic.Pace.DENSE
                : new Traffic(stats::decisions, System::nanoTime)::look;
    }

    private StartRemains remains(final DataDirectory data) {
        return new StartRemains(controlThread, TableStore.file(data));
    }

    private JournalCounters journalCounters() {
        return journal == null ? JournalCounters.OFF : journal.counters();
    }

    private byte[] statsJson() {
        return stats.snapshot().toJson().getBytes(StandardCharsets.UTF_8);
    }

    /** One thread, few waiting: whoever asks too often is told to come back. */
    private Executor statsExecutor() {
        final var threads = Thread.ofPlatform().daemon().name("t1-ask").factory();
        final var waiting = new ArrayBlockingQueue<Runnable>(STATS_WAITING);
        final var executor = new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, waiting, threads);
        closing.add(executor::shutdownNow);
        return executor;
    }

    private void watch(final DataDirectory data) throws IOException {
        final Path directory = context.watch();
        if (directory != null) {
            closing.add(new WatchedDirectory(
                            directory,
                            context.watchPollMs(),
                            data.path().resolve("watched"),
                            new ControlledPublisher(controlThread, control)))
                    .start();
        }
    }

    private void openStore(final DataDirectory data) {
        try {
            final TableStore opened = TableStore.open(data);
            store = opened;
            control.opened(opened);
            stats.reached("store");
        } catch (final IOException e) {
            LOG.error("{}", e.getMessage(), e);
            control.failedToOpen("" + e.getMessage());
        }
    }

    private void closeStore() {
        final TableStore opened = store;
        if (opened != null) {
            opened.close();
        }
    }
}

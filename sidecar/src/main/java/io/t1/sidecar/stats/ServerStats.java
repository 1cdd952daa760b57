package io.t1.sidecar.stats;

import io.t1.codec.cpu.ThreadPriority;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sums up what the event loops count and time, once a second on a thread of its own, and keeps the last reloads.
 *
 * <p>Latencies are service times, not corrected for coordinated omission: see {@link LoopStats}.
 *
 * <p>Threading: any. Taking a snapshot costs some milliseconds and a lock against the summing thread, never against an
 * event loop: don't take one on an event loop.
 */
public final class ServerStats implements AutoCloseable {
    /** Reloads kept. */
    public static final int RELOADS_KEPT = 32;

    private static final Logger LOG = LoggerFactory.getLogger(ServerStats.class);
    private static final long CLOSE_TIMEOUT_S = 5;

    private final EpochClock clock;
    private final Recording recording;
    private final SecondLog log;
    private final String processor = Processor.name();
    private final long startedAtMillis;
    private final ScheduledExecutorService executor;
    private volatile StatsSources sources = StatsSources.STARTING;
    private volatile String kernel = "";
    private volatile String transport = "";

    // guarded by this
    private final Loops loops = new Loops();
    private final LatencyAggregate latencies = new LatencyAggregate();
    private final SecondHistory history = new SecondHistory();
    private final ArrayDeque<ReloadEvent> reloads = new ArrayDeque<>(RELOADS_KEPT);
    private final Map<String, Long> startup = new LinkedHashMap<>();
    private long accepted;
    private long refused;
    private long secondFromMillis;
    private StatsSnapshot.Decisions lastDecisions = loops.decisions();
    private long lastErrors;
    private boolean closed;

    /** Makes the figures; {@link #start} lets the seconds run. */
    public ServerStats(final Context context) {
        clock = context.clock;
        recording = context.recording;
        log = new SecondLog(context.logDirectory, context.logFileBytes, context.logTotalBytes);
        startedAtMillis = ProcessStart.millis(System.currentTimeMillis());
        secondFromMillis = clock.time();
        executor = Executors.newSingleThreadScheduledExecutor(
                seconds -> Thread.ofPlatform().daemon().name("t1-stats").unstarted(() -> {
                    ThreadPriority.lower(
                            ThreadPriority.BEHIND_DECISIONS); // the first second's figures run code that is cold
                    seconds.run();
                }));
    }

    /** Lets the seconds run. */
    public void start() {
        final var _ = executor.scheduleAtFixedRate(this::trySecond, 1, 1, TimeUnit.SECONDS);
    }

    /** Recorders for one more event loop, which alone may write them. */
    public synchronized LoopStats newLoop() {
        return loops.add(recording);
    }

    /** Where the other parts' figures come from, once there are other parts. */
    public void sources(final StatsSources sources) {
        this.sources = sources;
    }

    /** Names what computes and what carries. */
    public void describe(final String kernel, final String transport) {
        this.kernel = kernel;
        this.transport = transport;
    }

    /** Notes that the start-up reached a step, now; a step reached again keeps its first time. */
    public synchronized void reached(final String step) {
        startup.putIfAbsent(step, clock.time() - startedAtMillis);
    }

    /** Keeps a try to replace a table. */
    public synchronized void reloaded(final ReloadEvent event) {
        if (event.isAccepted()) {
            accepted++;
        } else {
            refused++;
        }
        if (reloads.size() == RELOADS_KEPT) {
            reloads.removeLast();
        }
        reloads.addFirst(event);
    }

    /** All figures of now, to the last passage recorded. */
    public StatsSnapshot snapshot() {
        final StatsSources from = sources;
        final var tables = from.tables().get();
        final long tableBytes = from.tableOffheapBytes().getAsLong();
        final var readiness = from.readiness().get();
        final var journal = from.journal().get();
        synchronized (this) {
            latencies.drain(loops.all());
            return new StatsSnapshot(
                    server(),
                    readiness,
                    loops.traffic(),
                    loops.decisions(),
                    latencies.window(),
                    latencies.sinceStart(),
                    loops.errors(),
                    tables,
                    tableBytes,
                    new StatsSnapshot.Reloads(accepted, refused, new ArrayList<>(reloads)),
                    journal,
                    history.oldestFirst());
        }
    }

    /** Decisions made so far, without the cost of a snapshot. */
    public synchronized long decisions() {
        return loops.decisions().count();
    }

    /** Whether traffic may come, without the cost of a snapshot. */
    public Readiness readiness() {
        return sources.readiness().get();
    }

    /** Shows each phase's latencies since the start, in nanoseconds; the histograms are valid within the call only. */
    public synchronized void readCumulative(final BiConsumer<Phase, Histogram> reader) {
        latencies.drain(loops.all());
        for (int phase = 0; phase < Phase.count(); phase++) {
            reader.accept(Phase.of(phase), latencies.cumulative(Phase.of(phase)));
        }
    }

    /** Unix time of the process's start, in milliseconds. */
    public long startedAtMillis() {
        return startedAtMillis;
    }

    /** Ends the open second and the log. Twice is harmless. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSE_TIMEOUT_S, TimeUnit.SECONDS)) {
                LOG.warn("the stats thread still runs after {} s", CLOSE_TIMEOUT_S);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (this) {
            if (!closed) {
                closed = true;
                closeSecond();
                log.close();
            }
        }
    }

    private void trySecond() {
        try {
            closeSecond();
        } catch (final RuntimeException e) { // a schedule ends with its first exception; the figures shall not
            LOG.error("a second of the stats was lost", e);
        }
    }

    /** What the stats thread does each second. */
    synchronized void closeSecond() {
        final long now = clock.time();
        final long[] p50 = new long[Phase.count()];
        final long[] p99 = new long[Phase.count()];
        latencies.drain(loops.all());
        log.begin(now);
        latencies.closeSecond((phase, histogram) -> {
            if (histogram.getTotalCount() > 0) {
                p50[phase.ordinal()] = histogram.getValueAtPercentile(50);
                p99[phase.ordinal()] = histogram.getValueAtPercentile(99);
                log.write(phase, histogram, secondFromMillis, now);
            }
        });
        log.end();
        final var decisions = loops.decisions();
        long errors = 0;
        for (final long count : loops.errors().values()) {
            errors += count;
        }
        history.add(new SecondHistory.Second(
                now,
                decisions.skip() - lastDecisions.skip(),
                decisions.cheap() - lastDecisions.cheap(),
                decisions.full() - lastDecisions.full(),
                errors - lastErrors,
                p50,
                p99));
        lastDecisions = decisions;
        lastErrors = errors;
        secondFromMillis = now;
    }

    private StatsSnapshot.Server server() {
        return new StatsSnapshot.Server(
                processor,
                Runtime.getRuntime().availableProcessors(),
                kernel,
                transport,
                recording,
                ProcessHandle.current().pid(),
                clock.time(),
                startedAtMillis,
                new LinkedHashMap<>(startup));
    }

    /** What the figures are made with. */
    public static final class Context {
        private static final long LOG_FILE_BYTES = 64L << 20;
        private static final long LOG_TOTAL_BYTES = 512L << 20;

        private EpochClock clock = SystemEpochClock.INSTANCE;
        private Recording recording = Recording.SAMPLED;
        private @Nullable Path logDirectory;
        private long logFileBytes = LOG_FILE_BYTES;
        private long logTotalBytes = LOG_TOTAL_BYTES;

        /** The clock of every time shown. */
        public Context clock(final EpochClock clock) {
            this.clock = clock;
            return this;
        }

        /** How much the event loops record. */
        public Context recording(final Recording recording) {
            this.recording = recording;
            return this;
        }

        /** Where the interval log goes; unset: no log. */
        public Context logDirectory(final Path directory) {
            logDirectory = directory;
            return this;
        }

        /**
         * How much of the log is kept.
         *
         * @param fileBytes a file over this ends, 1 or more.
         * @param totalBytes the oldest files go while all take more.
         */
        public Context logLimits(final long fileBytes, final long totalBytes) {
            if (fileBytes < 1 || totalBytes < fileBytes) {
                throw new IllegalArgumentException("interval log fileBytes=" + fileBytes + ", totalBytes=" + totalBytes
                        + ": want 1 <= fileBytes <= totalBytes");
            }
            logFileBytes = fileBytes;
            logTotalBytes = totalBytes;
            return this;
        }
    }
}

package io.t1.sidecar;

import io.t1.codec.cpu.CpuList;
import io.t1.codec.poll.PollMode;
import io.t1.codec.ring.RingIdle;
import io.t1.router.KernelKind;
import io.t1.sidecar.stats.Recording;
import io.t1.sidecar.transport.TransportKind;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * All that can be set about a server, with its defaults.
 *
 * <p>Each setter checks its own range; {@link #conclude()} checks what must fit together. {@link SidecarSettings} names
 * the flag and the environment variable of each. Threading: one thread, until the server starts; then it is read only.
 *
 * <p>Over 300 lines: two methods a setting, and all settings in one place.
 */
public final class SidecarContext {
    /** Port of the HTTP endpoints when none is set. */
    public static final int HTTP_PORT_DEFAULT = 8401;
    /** As an HTTP port: no HTTP. */
    public static final int HTTP_OFF = -1;

    private Path data = Path.of("t1-data");
    private @Nullable Path socket;
    private @Nullable InetSocketAddress tcp;
    private TransportKind transport = TransportKind.AUTO;
    private int eventLoops = Math.clamp(Runtime.getRuntime().availableProcessors() / 2, 1, 4);
    private PollMode poll = PollMode.ADAPTIVE;
    private @Nullable CpuList pinLoops;
    private Recording record = Recording.SAMPLED;
    private @Nullable KernelKind kernel;
    private List<String> allowedUsers = List.of();
    private @Nullable Path watch;
    private int watchPollMs = 1_000;
    private int httpPort = HTTP_PORT_DEFAULT;
    private int rings = 64;
    private @Nullable Path ringDirectory;
    private int ringThreads = 1;
    private RingIdle ringIdle = RingIdle.BLOCKING;
    private @Nullable CpuList pinRings;
    private int maxConnections = 1_024;
    private int maxBacklogQueries = 65_536;
    private int writeHighBytes = 256 * 1024;
    private int writeLowBytes = 64 * 1024;
    private int controlQueue = 64;
    private int controlTimeoutMs = 30_000;
    private int keepVersions = 20;
    private int journalMib = 4_096;
    private int drainMs = 5_000;
    private long explorationSeed;

    /** Sets what the environment names; the rest stays. */
    public SidecarContext environment(final Map<String, String> environment) {
        for (final Setting setting : SidecarSettings.ALL) {
            final String value = environment.get(setting.environment());
            if (value != null) {
                setting.assign().accept(this, value);
            }
        }
        return this;
    }

    /**
     * Checks what must fit together.
     *
     * @throws IllegalArgumentException if two settings contradict each other; the message names both.
     */
    public SidecarContext conclude() {
        if (writeLowBytes > writeHighBytes) {
            throw new IllegalArgumentException("--write-low-bytes=" + writeLowBytes + " > --write-high-bytes="
                    + writeHighBytes + ": lower the one or raise the other");
        }
        final Path watched = watch;
        if (watched != null
                && watched.toAbsolutePath()
                        .normalize()
                        .equals(data.toAbsolutePath().normalize())) {
            throw new IllegalArgumentException(
                    "--watch=" + watched + " is --data=" + data + ": watch a directory of its own");
        }
        return this;
    }

    /** Where tables and journal are kept. */
    public Path data() {
        return data;
    }

    public SidecarContext data(final Path data) {
        this.data = data;
        return this;
    }

    /** The Unix socket; {@code t1.sock} in the data directory unless set. */
    public Path socket() {
        final Path set = socket;
        return set == null ? data.resolve("t1.sock") : set;
    }

    public SidecarContext socket(final Path socket) {
        this.socket = socket;
        return this;
    }

    /** A loopback address that is served besides, or null. */
    public @Nullable InetSocketAddress tcp() {
        return tcp;
    }

    /** Peers over TCP can't be told apart: whoever has an account on this machine can connect. */
    public SidecarContext tcp(final @Nullable InetSocketAddress tcp) {
        if (tcp != null && (tcp.isUnresolved() || !tcp.getAddress().isLoopbackAddress())) {
            throw new IllegalArgumentException(
                    "--tcp=" + tcp + " isn't a loopback address: decisions don't leave the machine, use 127.0.0.1");
        }
        this.tcp = tcp;
        return this;
    }

    /** How event loops talk to the system. */
    public TransportKind transport() {
        return transport;
    }

    public SidecarContext transport(final TransportKind transport) {
        this.transport = transport;
        return this;
    }

    /** Event loop threads. */
    public int eventLoops() {
        return eventLoops;
    }

    public SidecarContext eventLoops(final int eventLoops) {
        this.eventLoops = within("--event-loops", eventLoops, 1, 64);
        return this;
    }

    /** How event loops wait for their sockets. */
    public PollMode poll() {
        return poll;
    }

    public SidecarContext poll(final PollMode poll) {
        this.poll = poll;
        return this;
    }

    /** Processors that event loops are pinned to, in turn; null: none. */
    public @Nullable CpuList pinLoops() {
        return pinLoops;
    }

    public SidecarContext pinLoops(final @Nullable CpuList pinLoops) {
        this.pinLoops = pinLoops;
        return this;
    }

    /** How much of the decision path is timed and counted. */
    public Recording record() {
        return record;
    }

    public SidecarContext record(final Recording record) {
        this.record = record;
        return this;
    }

    /** The kernel that is to compute, or null: chosen by measuring once traffic is dense. Vectors come once compiled. */
    public @Nullable KernelKind kernel() {
        return kernel;
    }

    public SidecarContext kernel(final @Nullable KernelKind kernel) {
        this.kernel = kernel;
        return this;
    }

    /** Users that may connect, by name or number; none: the server's own and root. */
    public List<String> allowedUsers() {
        return allowedUsers;
    }

    public SidecarContext allowedUsers(final List<String> allowedUsers) {
        this.allowedUsers = List.copyOf(allowedUsers);
        return this;
    }

    /** The directory whose artifacts are published as they appear, or null. */
    public @Nullable Path watch() {
        return watch;
    }

    public SidecarContext watch(final @Nullable Path watch) {
        this.watch = watch;
        return this;
    }

    /** How often the watched directory is read besides, in milliseconds. */
    public int watchPollMs() {
        return watchPollMs;
    }

    public SidecarContext watchPollMs(final int watchPollMs) {
        this.watchPollMs = within("--watch-poll-ms", watchPollMs, 10, 3_600_000);
        return this;
    }

    /** Port of the HTTP endpoints on loopback: 0 any, {@link #HTTP_OFF} none. */
    public int httpPort() {
        return httpPort;
    }

    public SidecarContext httpPort(final int httpPort) {
        this.httpPort = within("--http-port", httpPort, HTTP_OFF, 65_535);
        return this;
    }

    /** Rings in shared memory lent at once; 0: none. */
    public int rings() {
        return rings;
    }

    public SidecarContext rings(final int rings) {
        this.rings = within("--rings", rings, 0, 4_096);
        return this;
    }

    /** Where rings' files are made; beside the socket unless set. */
    public Path ringDirectory() {
        final Path set = ringDirectory;
        final Path socket = socket();
        return set == null ? socket.resolveSibling(socket.getFileName() + ".rings") : set;
    }

    /** Best on a file system in memory; this server's alone. */
    public SidecarContext ringDirectory(final Path ringDirectory) {
        this.ringDirectory = ringDirectory;
        return this;
    }

    /** Threads that serve rings; they start with the first rings. */
    public int ringThreads() {
        return ringThreads;
    }

    public SidecarContext ringThreads(final int ringThreads) {
        this.ringThreads = within("--ring-threads", ringThreads, 1, 16);
        return this;
    }

    /** How they wait for requests. */
    public RingIdle ringIdle() {
        return ringIdle;
    }

    public SidecarContext ringIdle(final RingIdle ringIdle) {
        this.ringIdle = ringIdle;
        return this;
    }

    /** Processors that ring threads are pinned to, in turn; null: none. */
    public @Nullable CpuList pinRings() {
        return pinRings;
    }

    public SidecarContext pinRings(final @Nullable CpuList pinRings) {
        this.pinRings = pinRings;
        return this;
    }

    /** Connections served at once. */
    public int maxConnections() {
        return maxConnections;
    }

    public SidecarContext maxConnections(final int maxConnections) {
        this.maxConnections = within("--max-connections", maxConnections, 1, 65_536);
        return this;
    }

    /** Queries that one pass of an event loop decides; those past it get the baseline decision. */
    public int maxBacklogQueries() {
        return maxBacklogQueries;
    }

    public SidecarContext maxBacklogQueries(final int maxBacklogQueries) {
        this.maxBacklogQueries = within("--max-backlog-queries", maxBacklogQueries, 1, 1 << 24);
        return this;
    }

    /** Bytes waiting to be written from which a connection is no longer read. */
    public int writeHighBytes() {
        return writeHighBytes;
    }

    public SidecarContext writeHighBytes(final int writeHighBytes) {
        this.writeHighBytes = within("--write-high-bytes", writeHighBytes, 1, 1 << 28);
        return this;
    }

    /** Bytes waiting to be written under which it is read again. */
    public int writeLowBytes() {
        return writeLowBytes;
    }

    public SidecarContext writeLowBytes(final int writeLowBytes) {
        this.writeLowBytes = within("--write-low-bytes", writeLowBytes, 1, 1 << 28);
        return this;
    }

    /** Control operations that may wait; those past it are refused. */
    public int controlQueue() {
        return controlQueue;
    }

    public SidecarContext controlQueue(final int controlQueue) {
        this.controlQueue = within("--control-queue", controlQueue, 1, 65_536);
        return this;
    }

    /** How long a control operation may take, waiting included, before its sender is told that it didn't end. */
    public int controlTimeoutMs() {
        return controlTimeoutMs;
    }

    public SidecarContext controlTimeoutMs(final int controlTimeoutMs) {
        this.controlTimeoutMs = within("--control-timeout-ms", controlTimeoutMs, 1, 3_600_000);
        return this;
    }

    /** Versions without a role that are kept of each key. */
    public int keepVersions() {
        return keepVersions;
    }

    public SidecarContext keepVersions(final int keepVersions) {
        this.keepVersions = within("--keep-versions", keepVersions, 0, 1_000);
        return this;
    }

    /** What the journal of observations may take on disk, in MiB; 0: no journal. */
    public int journalMib() {
        return journalMib;
    }

    public SidecarContext journalMib(final int journalMib) {
        if (journalMib != 0) {
            within("--journal-mib", journalMib, 32, 1 << 24);
        }
        this.journalMib = journalMib;
        return this;
    }

    /** Longest time that a drain may take, in milliseconds. */
    public int drainMs() {
        return drainMs;
    }

    public SidecarContext drainMs(final int drainMs) {
        this.drainMs = within("--drain-ms", drainMs, 1, 3_600_000);
        return this;
    }

    /** Seed of exploration; 0: by the clock. */
    public long explorationSeed() {
        return explorationSeed;
    }

    public SidecarContext explorationSeed(final long explorationSeed) {
        this.explorationSeed = explorationSeed;
        return this;
    }

    private static int within(final String flag, final int value, final int lo, final int hi) {
        if (value < lo || value > hi) {
            throw new IllegalArgumentException(flag + "=" + value + " not in " + lo + ".." + hi);
        }
        return value;
    }
}

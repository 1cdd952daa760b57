package io.t1.codec.client;

import io.t1.codec.FallbackDecision;
import io.t1.codec.TableKey;
import io.t1.codec.frame.RequestFrames;
import io.t1.codec.poll.PollMode;
import io.t1.codec.ring.RingIdle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a client. An address is needed, and the names of the features to decide anything; all else has a
 * default. A client reads its context once: later changes touch later clients only.
 *
 * <p>Threading: one thread.
 */
public final class ClientContext {
    /** {@link #deadlineNs}: 20 ms. */
    public static final long DEADLINE_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** {@link #connectTimeoutNs}: 1 s. */
    public static final long CONNECT_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);

    /** {@link #adminTimeoutNs}: 30 s. */
    public static final long ADMIN_TIMEOUT_DEFAULT_NS = TimeUnit.SECONDS.toNanos(30);

    /** {@link #reconnectBackoffNs}, least: 10 ms. */
    public static final long RECONNECT_BACKOFF_MIN_DEFAULT_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** {@link #reconnectBackoffNs}, most: 1 s. */
    public static final long RECONNECT_BACKOFF_MAX_DEFAULT_NS = TimeUnit.SECONDS.toNanos(1);

    /** {@link #inFlightWindow}: 256 requests. */
    public static final int IN_FLIGHT_WINDOW_DEFAULT = 256;

    /** Most requests in flight. */
    public static final int IN_FLIGHT_WINDOW_MAX = 1 << 16;

    /** {@link #clientName}. */
    public static final String CLIENT_NAME_DEFAULT = "t1-java";

    private static final long DEADLINE_MIN_NS = TimeUnit.MICROSECONDS.toNanos(10);
    private static final long DEADLINE_MAX_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long TIMEOUT_MAX_NS = TimeUnit.HOURS.toNanos(1);

    private @Nullable Path socketPath;
    private @Nullable String tcpAddress;
    private TableKey tableKey = TableKey.DEFAULT;
    private String clientName = CLIENT_NAME_DEFAULT;
    private List<String> features = List.of();
    private FallbackDecision fallback = FallbackDecision.SKIP;
    private long deadlineNs = DEADLINE_DEFAULT_NS;
    private long connectTimeoutNs = CONNECT_TIMEOUT_DEFAULT_NS;
    private long adminTimeoutNs = ADMIN_TIMEOUT_DEFAULT_NS;
    private long reconnectBackoffMinNs = RECONNECT_BACKOFF_MIN_DEFAULT_NS;
    private long reconnectBackoffMaxNs = RECONNECT_BACKOFF_MAX_DEFAULT_NS;
    private int inFlightWindow = IN_FLIGHT_WINDOW_DEFAULT;
    private PollMode poll = PollMode.ADAPTIVE;
    private TransportChoice transport = TransportChoice.SOCKET;
    private RingIdle ringIdle = RingIdle.BLOCKING;
    private NanoClock nanoClock = SystemNanoClock.INSTANCE;
    private long jitterSeed = System.nanoTime();

    /** The sidecar's Unix domain socket. This or {@link #tcpAddress}. */
    public ClientContext socketPath(final Path socketPath) {
        this.socketPath = socketPath;
        return this;
    }

    /** The sidecar's {@code host:port} on the loopback interface. This or {@link #socketPath}. */
    public ClientContext tcpAddress(final String tcpAddress) {
        this.tcpAddress = tcpAddress;
        return this;
    }

    /** The traffic to decide for; {@link TableKey#DEFAULT} by default. */
    public ClientContext tableKey(final TableKey tableKey) {
        this.tableKey = tableKey;
        return this;
    }

    /** How the sidecar's log calls this client, at most 128 bytes of UTF-8; {@value #CLIENT_NAME_DEFAULT} by default. */
    public ClientContext clientName(final String clientName) {
        this.clientName = clientName;
        return this;
    }

    /**
     * The names of the features that the caller sends, in the caller's order. They are put into the table's order by
     * name; one that the table lacks is left out, one that the caller lacks goes as NaN. A category is sent
     * as {@link io.t1.codec.CategoryValue#of}, whether or not the table tells it apart. None by default, which does for a
     * client that decides nothing.
     */
    public ClientContext features(final List<String> features) {
        this.features = List.copyOf(features);
        return this;
    }

    /** The same. */
    public ClientContext features(final String... features) {
        return features(List.of(features));
    }

    /** The baseline decision until the sidecar has told its own; {@link FallbackDecision#SKIP} by default. */
    public ClientContext fallback(final FallbackDecision fallback) {
        this.fallback = fallback;
        return this;
    }

    /**
     * Most time that a decision may take, in nanoseconds: 10 us to 60 s, 20 ms by default. The last millisecond of it
     * is waited for in steps of some 20 us, so a deadline under 1 ms costs more CPU.
     */
    public ClientContext deadlineNs(final long deadlineNs) {
        this.deadlineNs = deadlineNs;
        return this;
    }

    /**
     * How a decision is waited for. {@link PollMode#ADAPTIVE} by default: up to 50 us of it are spun while answers come
     * fast. {@link PollMode#SPIN} spins to the deadline; give its thread a core that nobody else needs.
     */
    public ClientContext poll(final PollMode poll) {
        this.poll = poll;
        return this;
    }

    /** Most time that a connection may take to be made, and a Hello to be answered, in nanoseconds; 1 s by default. */
    public ClientContext connectTimeoutNs(final long connectTimeoutNs) {
        this.connectTimeoutNs = connectTimeoutNs;
        return this;
    }

    /** Most time that a publish, a rollback, a listing or the figures may take, in nanoseconds; 30 s by default. */
    public ClientContext adminTimeoutNs(final long adminTimeoutNs) {
        this.adminTimeoutNs = adminTimeoutNs;
        return this;
    }

    /**
     * Delays between attempts to connect, or to get a table, in nanoseconds: they double from the least to the most,
     * less a jitter of up to half. 10 ms and 1 s by default.
     */
    public ClientContext reconnectBackoffNs(final long minNs, final long maxNs) {
        reconnectBackoffMinNs = minNs;
        reconnectBackoffMaxNs = maxNs;
        return this;
    }

    /** Most requests of an {@link AsyncT1Client} that wait for an answer, a power of two of 1 to 65,536; 256 by default. */
    public ClientContext inFlightWindow(final int inFlightWindow) {
        this.inFlightWindow = inFlightWindow;
        return this;
    }

    /** What carries decisions; {@link TransportChoice#SOCKET} by default. A ring needs {@link #socketPath}. */
    public ClientContext transport(final TransportChoice transport) {
        this.transport = transport;
        return this;
    }

    /** How the client waits for an answer in a ring; {@link RingIdle#BLOCKING} by default. */
    public ClientContext ringIdle(final RingIdle ringIdle) {
        this.ringIdle = ringIdle;
        return this;
    }

    /** What tells the time; the system's by default. */
    public ClientContext nanoClock(final NanoClock nanoClock) {
        this.nanoClock = nanoClock;
        return this;
    }

    /** Seeds the backoff's jitter; differs from context to context by default. */
    public ClientContext jitterSeed(final long jitterSeed) {
        this.jitterSeed = jitterSeed;
        return this;
    }

    /**
     * Checks every setting.
     *
     * @throws IllegalArgumentException naming the setting, its value and its limit.
     */
    public ClientContext conclude() {
        final var _ = endpoint(); // its checks
        if (transport == TransportChoice.RING && tcpAddress != null) {
            throw new IllegalArgumentException("transport=RING and tcpAddress=" + tcpAddress
                    + ": a ring is opened over the sidecar's Unix socket, set socketPath");
        }
        final int nameBytes = clientName.getBytes(StandardCharsets.UTF_8).length;
        if (nameBytes > RequestFrames.MAX_CLIENT_NAME_BYTES) {
            throw new IllegalArgumentException(
                    "clientName length=" + nameBytes + " > " + RequestFrames.MAX_CLIENT_NAME_BYTES + " bytes of UTF-8");
        }
        if (new HashSet<>(features).size() != features.size()) {
            throw new IllegalArgumentException("features=" + features + " names one twice");
        }
        range("deadlineNs", deadlineNs, DEADLINE_MIN_NS, DEADLINE_MAX_NS);
        range("connectTimeoutNs", connectTimeoutNs, DEADLINE_MIN_NS, TIMEOUT_MAX_NS);
        range("adminTimeoutNs", adminTimeoutNs, DEADLINE_MIN_NS, TIMEOUT_MAX_NS);
        range("reconnectBackoffMinNs", reconnectBackoffMinNs, 1, TIMEOUT_MAX_NS);
        range("reconnectBackoffMaxNs", reconnectBackoffMaxNs, reconnectBackoffMinNs, TIMEOUT_MAX_NS);
        range("inFlightWindow", inFlightWindow, 1, IN_FLIGHT_WINDOW_MAX);
        if (Integer.bitCount(inFlightWindow) != 1) {
            throw new IllegalArgumentException("inFlightWindow=" + inFlightWindow + " is no power of two");
        }
        return this;
    }

    Endpoint endpoint() {
        if (socketPath != null && tcpAddress != null) {
            throw new IllegalArgumentException(
                    "socketPath=" + socketPath + " and tcpAddress=" + tcpAddress + " are both set: choose one");
        }
        if (socketPath != null) {
            return Endpoint.ofSocketPath(socketPath);
        }
        if (tcpAddress != null) {
            return Endpoint.ofTcpAddress(tcpAddress);
        }
        throw new IllegalArgumentException("neither socketPath nor tcpAddress is set: set the sidecar's address");
    }

    /** Starts connections as this context says. */
    Connector connector() {
        final Endpoint endpoint = endpoint();
        final NanoClock clock = nanoClock;
        final RingIdle idle = ringIdle;
        final PollMode mode = poll;
        return switch (transport) {
            case SOCKET -> () -> new SocketTransport(endpoint.open(), mode);
            case RING ->
                () -> new RingTransport(new SocketTransport(endpoint.open(), mode), new RingWait(idle, clock), clock);
        };
    }

    TableKey tableKey() {
        return tableKey;
    }

    String clientName() {
        return clientName;
    }

    List<String> features() {
        return features;
    }

    FallbackDecision fallback() {
        return fallback;
    }

    long deadlineNs() {
        return deadlineNs;
    }

    PollMode poll() {
        return poll;
    }

    long connectTimeoutNs() {
        return connectTimeoutNs;
    }

    long adminTimeoutNs() {
        return adminTimeoutNs;
    }

    long reconnectBackoffMaxNs() {
        return reconnectBackoffMaxNs;
    }

    int inFlightWindow() {
        return inFlightWindow;
    }

    NanoClock nanoClock() {
        return nanoClock;
    }

    /** A backoff of its own; {@code stream} keeps several apart. */
    Backoff newBackoff(final int stream) {
        return new Backoff(reconnectBackoffMinNs, reconnectBackoffMaxNs, jitterSeed + stream);
    }

    private static void range(final String name, final long value, final long low, final long high) {
        if (value < low || value > high) {
            throw new IllegalArgumentException(name + "=" + value + " not in " + low + ".." + high);
        }
    }
}

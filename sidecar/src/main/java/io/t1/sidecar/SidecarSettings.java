package io.t1.sidecar;

import io.t1.codec.cpu.CpuList;
import io.t1.codec.poll.PollMode;
import io.t1.codec.ring.RingIdle;
import io.t1.router.KernelKind;
import io.t1.sidecar.stats.Recording;
import io.t1.sidecar.transport.TransportKind;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.ObjIntConsumer;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every setting of the server, in the order in which it is printed. */
public final class SidecarSettings {
    private static final String OFF = "off";
    private static final String AUTO = "auto";

    /** All of them; a later word wins: default, environment, command line. */
    public static final List<Setting> ALL = List.of(
            setting(
                    "data",
                    "path",
                    "where tables and journal are kept",
                    (c, v) -> c.data(Path.of(v)),
                    c -> c.data().toString()),
            setting(
                    "socket",
                    "path",
                    "the Unix socket to serve on",
                    (c, v) -> c.socket(Path.of(v)),
                    c -> c.socket().toString()),
            setting(
                    "tcp",
                    "address:port",
                    "a loopback address to serve besides, or off",
                    (c, v) -> c.tcp(v.equals(OFF) ? null : address(v)),
                    c -> text(c.tcp())),
            setting(
                    "transport",
                    "auto|epoll|io_uring|nio",
                    "how event loops talk to the system",
                    (c, v) -> c.transport(oneOf("--transport", TransportKind.class, v)),
                    c -> c.transport().text()),
            count(
                    "event-loops",
                    "threads",
                    "event loop threads",
                    SidecarContext::eventLoops,
                    (c, v) -> c.eventLoops(v)),
            setting(
                    "poll",
                    "spin|adaptive|block",
                    "how event loops wait: spinning on a core of their own, for some us while traffic is dense, or not",
                    (c, v) -> c.poll(oneOf("--poll", PollMode.class, v)),
                    c -> c.poll().text()),
            setting(
                    "pin-loops",
                    "cpu,...",
                    "processors that event loops are pinned to in turn, e.g. 0,1 or 2-5; or off",
                    (c, v) -> c.pinLoops(v.equals(OFF) ? null : cpus("--pin-loops", v)),
                    c -> c.pinLoops() == null ? OFF : c.pinLoops().toString()),
            setting(
                    "kernel",
                    "auto|scalar|lookup|expanded|vector",
                    "what computes, vector once it is compiled; auto: the fastest once traffic is dense",
                    (c, v) -> c.kernel(v.equals(AUTO) ? null : oneOf("--kernel", KernelKind.class, v)),
                    c -> c.kernel() == null ? AUTO : c.kernel().name().toLowerCase(Locale.ROOT)),
            setting(
                    "allow-users",
                    "name,...",
                    "users that may connect, by name or number; empty: the server's own and root",
                    (c, v) -> c.allowedUsers(Stream.of(v.split(","))
                            .map(String::strip)
                            .filter(user -> !user.isEmpty())
                            .toList()),
                    c -> String.join(",", c.allowedUsers())),
            setting(
                    "watch",
                    "path",
                    "a directory whose *.json are published as they appear, or off",
                    (c, v) -> c.watch(v.equals(OFF) ? null : Path.of(v)),
                    c -> c.watch() == null ? OFF : c.watch().toString()),
            count(
                    "watch-poll-ms",
                    "ms",
                    "how often the watched directory is read besides",
                    SidecarContext::watchPollMs,
                    (c, v) -> c.watchPollMs(v)),
            setting(
                    "http-port",
                    "port",
                    "port of /metrics, /stats, /healthz, /readyz and / on loopback; 0: any; or off",
                    (c, v) -> c.httpPort(v.equals(OFF) ? SidecarContext.HTTP_OFF : number("--http-port", v)),
                    c -> c.httpPort() == SidecarContext.HTTP_OFF ? OFF : Integer.toString(c.httpPort())),
            count(
                    "rings",
                    "rings",
                    "rings in shared memory lent to clients at once; 0: none",
                    SidecarContext::rings,
                    (c, v) -> c.rings(v)),
            setting(
                    "ring-directory",
                    "path",
                    "where rings' files are made, best in memory",
                    (c, v) -> c.ringDirectory(Path.of(v)),
                    c -> c.ringDirectory().toString()),
            count(
                    "ring-threads",
                    "threads",
                    "threads that serve rings",
                    SidecarContext::ringThreads,
                    (c, v) -> c.ringThreads(v)),
            setting(
                    "ring-idle",
                    "busy-spin|backoff|blocking",
                    "how they wait for requests; busy-spin takes a core while there are rings, blocking none",
                    (c, v) -> c.ringIdle(ringIdle(v)),
                    c -> c.ringIdle().text()),
            setting(
                    "pin-rings",
                    "cpu,...",
                    "processors that they are pinned to in turn, e.g. 0,1 or 2-5; or off",
                    (c, v) -> c.pinRings(v.equals(OFF) ? null : cpus("--pin-rings", v)),
                    c -> c.pinRings() == null ? OFF : c.pinRings().toString()),
            count(
                    "max-connections",
                    "connections",
                    "connections served at once",
                    SidecarContext::maxConnections,
                    (c, v) -> c.maxConnections(v)),
            count(
                    "max-backlog-queries",
                    "queries",
                    "queries that one pass of an event loop decides; those past it get the baseline decision",
                    SidecarContext::maxBacklogQueries,
                    (c, v) -> c.maxBacklogQueries(v)),
            count(
                    "write-high-bytes",
                    "bytes",
                    "bytes waiting to be written from which a connection is no longer read",
                    SidecarContext::writeHighBytes,
                    (c, v) -> c.writeHighBytes(v)),
            count(
                    "write-low-bytes",
                    "bytes",
                    "bytes waiting to be written under which it is read again",
                    SidecarContext::writeLowBytes,
                    (c, v) -> c.writeLowBytes(v)),
            count(
                    "control-queue",
                    "operations",
                    "control operations that may wait; those past it are refused",
                    SidecarContext::controlQueue,
                    (c, v) -> c.controlQueue(v)),
            count(
                    "control-timeout-ms",
                    "ms",
                    "how long a control operation may take before its sender is told that it didn't end",
                    SidecarContext::controlTimeoutMs,
                    (c, v) -> c.controlTimeoutMs(v)),
            count(
                    "keep-versions",
                    "versions",
                    "versions without a role that are kept of each key",
                    SidecarContext::keepVersions,
                    (c, v) -> c.keepVersions(v)),
            count(
                    "journal-mib",
                    "MiB",
                    "what the journal of observations may take on disk, 32 or more; 0: no journal",
                    SidecarContext::journalMib,
                    (c, v) -> c.journalMib(v)),
            setting(
                    "record",
                    "all|sampled|off",
                    "what is timed: each request's phases, those of one in 64, or nothing, to measure what it costs",
                    (c, v) -> c.record(oneOf("--record", Recording.class, v)),
                    c -> c.record().text()),
            count(
                    "drain-ms",
                    "ms",
                    "longest time that a drain may take",
                    SidecarContext::drainMs,
                    (c, v) -> c.drainMs(v)),
            setting(
                    "exploration-seed",
                    "number",
                    "seed of exploration; 0: by the clock",
                    (c, v) -> c.explorationSeed(longNumber("--exploration-seed", v)),
                    c -> Long.toString(c.explorationSeed())));

    private SidecarSettings() {}

    /**
     * The setting of a flag.
     *
     * @throws IllegalArgumentException if there is none.
     */
    public static Setting ofFlag(final String flag) {
        return ALL.stream()
                .filter(setting -> setting.flag().equals(flag))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no setting " + flag + "; there are "
                        + ALL.stream().map(Setting::flag).collect(Collectors.joining(" "))));
    }

    private static Setting setting(
            final String name,
            final String unit,
            final String help,
            final BiConsumer<SidecarContext, String> assign,
            final Function<SidecarContext, String> text) {
        final String environment = "T1_" + name.replace('-', '_').toUpperCase(Locale.ROOT);
        return new Setting("--" + name, environment, unit, help, assign, text);
    }

    private static Setting count(
            final String name,
            final String unit,
            final String help,
            final ToIntFunction<SidecarContext> get,
            final ObjIntConsumer<SidecarContext> set) {
        return setting(
                name,
                unit,
                help,
                (c, v) -> set.accept(c, number("--" + name, v)),
                c -> Integer.toString(get.applyAsInt(c)));
    }

    private static int number(final String flag, final String value) {
        try {
            return Integer.parseInt(value);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(flag + "=" + value + " isn't a whole number", e);
        }
    }

    private static long longNumber(final String flag, final String value) {
        try {
            return Long.parseLong(value);
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(flag + "=" + value + " isn't a whole number", e);
        }
    }

    private static <E extends Enum<E>> E oneOf(final String flag, final Class<E> type, final String value) {
        for (final E constant : type.getEnumConstants()) {
            if (constant.name().equalsIgnoreCase(value)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(flag + "=" + value + " isn't one of "
                + Arrays.toString(type.getEnumConstants()).toLowerCase(Locale.ROOT));
    }

    private static CpuList cpus(final String flag, final String value) {
        try {
            return CpuList.parse(value);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(flag + "=" + value + ": " + e.getMessage(), e);
        }
    }

    private static RingIdle ringIdle(final String value) {
        try {
            return RingIdle.ofText(value);
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--ring-idle=" + e.getMessage(), e);
        }
    }

    private static InetSocketAddress address(final String value) {
        final int colon = value.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("--tcp=" + value + " isn't address:port, e.g. 127.0.0.1:8402");
        }
        final int port = number("--tcp", value.substring(colon + 1));
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("--tcp port=" + port + " not in 0..65535");
        }
        return new InetSocketAddress(value.substring(0, colon), port);
    }

    private static String text(final @Nullable InetSocketAddress address) {
        return address == null ? OFF : address.getHostString() + ":" + address.getPort();
    }
}

package io.t1.bench.start;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Measures starts: a server that has a table stored is started by the launcher, a client that is warm from the server
 * before tries to connect every millisecond, and asks at a constant rate from its first decision on.
 *
 * <p>Threading: one thread.
 */
public final class StartMeasurement {
    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;
    private static final int RATE = 2_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVE_UP_NS = 30 * SECOND;

    private final Path launcher;
    private final Path folder;
    private final RouterArtifact artifact = RandomTables.artifact(1, FEATURES, OUTPUTS, 0);
    private final float[] query;
    private final String[] options;

    /**
     * @param folder of the servers; emptied by whoever gave it.
     * @param options further options of {@code serve}.
     */
    public StartMeasurement(final Path launcher, final Path folder, final String... options) {
        this.launcher = launcher;
        this.folder = folder;
        this.options = options.clone();
        query = RandomTables.features(1, artifact, 1)[0];
    }

    /**
     * Starts a server so many times, after one that is published to and warms the client.
     *
     * @param warmUpNs how long each server is pressed before its steady second.
     */
    public List<ServerStart> run(final int starts, final long warmUpNs) throws IOException {
        prepare();
        final List<ServerStart> measured = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            measured.add(once(warmUpNs));
        }
        return measured;
    }

    private void prepare() throws IOException {
        try (LaunchedServer server = LaunchedServer.start(launcher, folder, options);
                T1Client client = connect(server)) {
            server.awaitControl(client, GIVE_UP_NS);
            client.publish(RouterArtifactJson.write(artifact), PublishRole.ACTIVATE);
            if (!client.awaitReady(GIVE_UP_NS)) {
                throw new IOException("no table after publishing one: " + client.lastError());
            }
            new PacedClient(client, query, RATE).press(2 * SECOND);
        }
    }

    private ServerStart once(final long warmUpNs) throws IOException {
        try (LaunchedServer server = LaunchedServer.start(launcher, folder, options);
                T1Client client = connect(server)) {
            final Decision decision = new Decision();
            do {
                server.requireAlive();
                if (System.nanoTime() - server.begunNs() > GIVE_UP_NS) {
                    throw new IOException("no decision after " + GIVE_UP_NS + " ns: " + client.lastError());
                }
                client.awaitReady(SECOND);
                client.decide(query, decision);
            } while (decision.degraded() || decision.tableVersion() == 0);
            final long first = System.nanoTime() - server.begunNs();
            final PacedClient paced = new PacedClient(client, query, RATE);
            final Histogram firstSecond = paced.run(SECOND);
            paced.press(warmUpNs);
            final Histogram steady = paced.run(2 * SECOND);
            return new ServerStart(
                    first,
                    firstSecond.getValueAtPercentile(50),
                    firstSecond.getValueAtPercentile(99),
                    steady.getValueAtPercentile(50),
                    steady.getValueAtPercentile(99),
                    paced.degraded());
        }
    }

    private T1Client connect(final LaunchedServer server) {
        return T1Client.connect(server.client()
                .features(artifact.featureNames())
                .deadlineNs(SECOND)
                .connectTimeoutNs(1_000_000));
    }

    /** Prints a line a start: {@code [starts [seconds of warm-up [option of serve...]]]}. */
    public static void main(final String[] args) throws IOException {
        final int starts = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        final long warmUpNs = SECOND * (args.length > 1 ? Integer.parseInt(args[1]) : 5);
        final String[] options = Stream.of(args).skip(2).toArray(String[]::new);
        final Path folder = Files.createTempDirectory("t1-start");
        try {
            final var measurement = new StartMeasurement(LaunchedServer.launcher(), folder, options);
            for (final ServerStart start : measurement.run(starts, warmUpNs)) {
                System.out.printf(
                        Locale.ROOT,
                        "first decision after %.0f ms; first second p50 %.1f us, p99 %.1f us; steady p50 %.1f us,"
                                + " p99 %.1f us; ratio %.1f; degraded %d%n",
                        start.firstDecisionNs() / 1e6,
                        start.firstSecondP50Ns() / 1e3,
                        start.firstSecondP99Ns() / 1e3,
                        start.steadyP50Ns() / 1e3,
                        start.steadyP99Ns() / 1e3,
                        start.p99Ratio(),
                        start.degraded());
            }
        } finally {
            delete(folder);
        }
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

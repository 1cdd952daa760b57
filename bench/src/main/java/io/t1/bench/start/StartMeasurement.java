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

/**
 * Measures starts: a server that has a table stored is started by the launcher, a client that is warm from the server
 * before tries to connect every millisecond, and asks at a constant rate from its first decision on.
 *
 * <p>Threading: one thread.
 */
public final class StartMeasurement {
    /** From a start on: by then all that it puts off is over, but on a busy machine the choice of a kernel. */
    public static final long STEADY_AFTER_NS = TimeUnit.SECONDS.toNanos(12);

    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;
    private static final int RATE = 2_000;
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long GIVE_UP_NS = 30 * SECOND;
    private static final long PRESS_NS = 5 * SECOND;

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
     * Starts a server so many times, after one that is published to and warms the client. The last is pressed on until
     * it is warm, and what it puts off is done: then come its steady seconds.
     *
     * @param steadyAfterNs from the last one's start on.
     */
    public StartRun run(final int starts, final long steadyAfterNs, final int steadySeconds) throws IOException {
        prepare();
        final List<ServerStart> measured = new ArrayList<>();
        final List<PacedSecond> steady = new ArrayList<>();
        for (int i = 1; i <= starts; i++) {
            try (LaunchedServer server = LaunchedServer.start(launcher, folder, options);
                    T1Client client = connect(server)) {
                final PacedClient paced = new PacedClient(client, query, RATE);
                final long first = firstDecisionNs(server, client);
                measured.add(new ServerStart(first, PacedSecond.of(paced.run(SECOND)), paced.degraded()));
                if (i == starts && steadySeconds > 0) {
                    paced.press(PRESS_NS);
                    final var _ = paced.run(steadyAfterNs - (System.nanoTime() - server.begunNs()));
                    for (int second = 0; second < steadySeconds; second++) {
                        steady.add(PacedSecond.of(paced.run(SECOND)));
                    }
                }
            }
        }
        return new StartRun(measured, steady);
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

    private long firstDecisionNs(final LaunchedServer server, final T1Client client) throws IOException {
        final Decision decision = new Decision();
        do {
            server.requireAlive();
            if (System.nanoTime() - server.begunNs() > GIVE_UP_NS) {
                throw new IOException("no decision after " + GIVE_UP_NS + " ns: " + client.lastError());
            }
            client.awaitReady(SECOND);
            client.decide(query, decision);
        } while (decision.degraded() || decision.tableVersion() == 0);
        return System.nanoTime() - server.begunNs();
    }

    private T1Client connect(final LaunchedServer server) {
        return T1Client.connect(server.client()
                .features(artifact.featureNames())
                .deadlineNs(SECOND)
                .connectTimeoutNs(1_000_000));
    }

    /** Prints a line a start and a steady second: {@code [starts [steady seconds [option of serve...]]]}. */
    public static void main(final String[] args) throws IOException {
        final int starts = args.length > 0 ? Integer.parseInt(args[0]) : 5;
        final int steadySeconds = args.length > 1 ? Integer.parseInt(args[1]) : 5;
        final String[] options = Stream.of(args).skip(2).toArray(String[]::new);
        final Path folder = Files.createTempDirectory("t1-start");
        try {
            final StartRun run = new StartMeasurement(LaunchedServer.launcher(), folder, options)
                    .run(starts, STEADY_AFTER_NS, steadySeconds);
            for (final ServerStart start : run.starts()) {
                System.out.printf(
                        Locale.ROOT,
                        "first decision after %.0f ms; first second p50 %.1f us, p99 %.1f us; degraded %d%n",
                        start.firstDecisionNs() / 1e6,
                        start.firstSecond().p50Ns() / 1e3,
                        start.firstSecond().p99Ns() / 1e3,
                        start.degraded());
            }
            for (final PacedSecond second : run.steady()) {
                System.out.printf(
                        Locale.ROOT, "steady p50 %.1f us, p99 %.1f us%n", second.p50Ns() / 1e3, second.p99Ns() / 1e3);
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

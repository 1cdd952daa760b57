package io.t1.bench.start;

import io.t1.codec.TableKey;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a server with many tables keeps in memory: a server is published that many tables, each with a key of its
 * own, and stopped; another starts with them, opens its store, and is looked at.
 *
 * <p>Threading: one thread.
 */
public final class MemoryMeasurement {
    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(60);

    private final Path launcher;
    private final Path folder;

    /** @param folder of the servers, empty. */
    public MemoryMeasurement(final Path launcher, final Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /** Publishes so many tables, then looks at both servers once idle. */
    public List<ResidentMemory> run(final int tables) throws IOException, InterruptedException {
        final List<ResidentMemory> looked = new ArrayList<>();
        try (LaunchedServer server = LaunchedServer.start(launcher, folder);
                T1Client client = T1Client.connect(server.client())) {
            server.awaitControl(client, READY_NS);
            for (int i = 0; i < tables; i++) {
                client.publish(RouterArtifactJson.write(table(i)), PublishRole.ACTIVATE);
            }
            looked.add(ResidentMemory.ofProcess(server.pid(), "after publishing"));
        }
        try (LaunchedServer server = LaunchedServer.start(launcher, folder);
                T1Client client = T1Client.connect(server.client())) {
            server.awaitControl(client, READY_NS);
            looked.add(ResidentMemory.ofProcess(server.pid(), "restarted, store open"));
            Thread.sleep(TimeUnit.SECONDS.toMillis(20)); // kernels are measured meanwhile
            looked.add(ResidentMemory.ofProcess(server.pid(), "20 s later"));
        }
        return looked;
    }

    private static RouterArtifact table(final int number) {
        final RouterArtifact any = RandomTables.artifact(number, FEATURES, OUTPUTS, 0);
        return new RouterArtifact(
                new TableKey("index" + number, "global", "any"),
                any.features(),
                any.outputs(),
                any.pairs(),
                any.monotone(),
                any.gate(),
                any.frontier(),
                any.baseline(),
                any.provenance(),
                any.golden());
    }

    /** Prints a line a look: {@code [tables]}. */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final Path folder = Files.createTempDirectory("t1-memory");
        for (final ResidentMemory memory : new MemoryMeasurement(LaunchedServer.launcher(), folder)
                .run(args.length > 0 ? Integer.parseInt(args[0]) : 1_000)) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: resident %.1f MiB: anonymous %.1f, files %.1f, of these shared with others %.1f%n",
                    memory.when(),
                    memory.totalKib() / 1024.0,
                    memory.anonymousKib() / 1024.0,
                    memory.fileKib() / 1024.0,
                    memory.sharedKib() / 1024.0);
        }
    }
}

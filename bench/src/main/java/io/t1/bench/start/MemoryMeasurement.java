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
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures what a server with many tables keeps in memory: servers are published tables, each with a key of its own, and
 * stopped; others start with them, open their store, settle, and are looked at.
 *
 * <p>Threading: one thread.
 */
public final class MemoryMeasurement {
    private static final int FEATURES = 8;
    private static final int OUTPUTS = 5;
    private static final double MIB = 1024;
    private static final long READY_NS = TimeUnit.SECONDS.toNanos(60);

    private final Path launcher;
    private final Path folder;

    /** @param folder of the servers, empty. */
    public MemoryMeasurement(final Path launcher, final Path folder) {
        this.launcher = launcher;
        this.folder = folder;
    }

    /**
     * Publishes one table, restarts, looks; publishes the rest, restarts, looks.
     *
     * @param tables 2 or more.
     * @param settleSeconds after the store has opened, for kernels to be measured and memory to be given back.
     */
    public TableMemory run(final int tables, final int settleSeconds) throws IOException, InterruptedException {
        publish(0, 1);
        final ResidentMemory one = settled("one table", settleSeconds);
        publish(1, tables);
        return new TableMemory(tables, one, settled(tables + " tables", settleSeconds));
    }

    private void publish(final int from, final int to) throws IOException {
        try (LaunchedServer server = LaunchedServer.start(launcher, folder);
                T1Client client = T1Client.connect(server.client())) {
            server.awaitControl(client, READY_NS);
            for (int i = from; i < to; i++) {
                client.publish(RouterArtifactJson.write(table(i)), PublishRole.ACTIVATE);
            }
        }
    }

    private ResidentMemory settled(final String when, final int seconds) throws IOException, InterruptedException {
        try (LaunchedServer server = LaunchedServer.start(launcher, folder);
                T1Client client = T1Client.connect(server.client())) {
            server.awaitControl(client, READY_NS);
            Thread.sleep(TimeUnit.SECONDS.toMillis(seconds)); // what is measured: a server left alone for so long
            return ResidentMemory.ofProcess(server.pid(), when);
        }
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

    /** Prints a line a look, then what a table takes: {@code [tables [seconds to settle]]}. */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final TableMemory memory = new MemoryMeasurement(
                        LaunchedServer.launcher(), Files.createTempDirectory("t1-memory"))
                .run(
                        args.length > 0 ? Integer.parseInt(args[0]) : 1_000,
                        args.length > 1 ? Integer.parseInt(args[1]) : 25);
        for (final ResidentMemory look : List.of(memory.one(), memory.all())) {
            System.out.printf(
                    Locale.ROOT,
                    "%s: rss %.1f MiB: anon %.1f, file %.1f, of these shared with others %.1f, shmem %.1f%n",
                    look.when(),
                    look.totalKib() / MIB,
                    look.anonymousKib() / MIB,
                    look.fileKib() / MIB,
                    look.sharedKib() / MIB,
                    look.shmemKib() / MIB);
        }
        System.out.printf(Locale.ROOT, "a table: %d bytes%n", memory.bytesPerTable());
    }
}

package io.t1.ops.cli;

import io.t1.codec.client.ClientContext;
import io.t1.codec.client.Decision;
import io.t1.codec.client.Decisions;
import io.t1.codec.client.T1Client;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs what commands commonly do, once, so that the build can record which classes a start needs: help, and a sidecar that
 * is published to, asked, listed, rolled back and looked at, in a folder of its own.
 */
final class AotTraining {
    private static final int DECISIONS = 20_000;
    private static final int BATCHES = 2_000;
    private static final int BATCH = 64;
    private static final long READY_NS = 10_000_000_000L;

    private AotTraining() {}

    /** Ends with 0 when all that ran did what it should. */
    public static void main(final String[] args) throws Exception {
        run("--help");
        for (final String command : T1.commandLine().getSubcommands().keySet()) {
            run(command, "--help");
        }
        final Path folder = Files.createTempDirectory("t1-aot");
        try {
            serve(folder);
        } finally {
            delete(folder);
        }
        System.exit(ExitCode.DONE);
    }

    private static void serve(final Path folder) throws Exception {
        final RouterArtifact artifact = RandomTables.artifact(1, 8, 5, 0);
        final Path table =
                Files.write(folder.resolve("router_distilled_int8.json"), RouterArtifactJson.write(artifact));
        final Path socket = folder.resolve("t1.sock");
        try (Sidecar _ = start(folder, socket)) {
            command(socket, "publish", table.toString());
            decide(socket, artifact);
        }
        try (Sidecar sidecar = start(folder, socket)) { // as most servers start: with tables that were there before
            decide(socket, artifact);
            final List<List<String>> commands = List.of(
                    List.of("publish", table.toString()),
                    List.of("decide", "--features", "entropy=1"),
                    List.of("decide", "--json", "--features", "entropy=1"),
                    List.of("tables"),
                    List.of("stats"),
                    List.of("top", "--count", "1"),
                    List.of("rollback"),
                    List.of("stats", "--json"));
            for (final List<String> command : commands) {
                command(socket, command.toArray(new String[0]));
            }
            for (final String page : List.of("/", "/stats", "/metrics", "/readyz")) {
                read(URI.create("http://127.0.0.1:" + sidecar.httpPort() + page));
            }
        }
    }

    /** By the words that a user starts one with. */
    private static Sidecar start(final Path folder, final Path socket) throws IOException {
        final String[] words = {
            "serve", "--data", folder.resolve("data").toString(), "--socket", socket.toString(), "--http-port", "0"
        };
        return Sidecar.start(Objects.requireNonNull(ServeWords.settings(words, Map.of())));
    }

    /** Enough decisions, one by one and in batches, for the compilers to know the path. */
    private static void decide(final Path socket, final RouterArtifact artifact) {
        try (T1Client client =
                T1Client.connect(new ClientContext().socketPath(socket).features(artifact.featureNames()))) {
            if (!client.awaitReady(READY_NS)) {
                throw new IllegalStateException("no table: " + client.lastError());
            }
            final float[][] queries = RandomTables.features(1, artifact, BATCH);
            final float[] rows = new float[BATCH * artifact.features().size()];
            for (int q = 0; q < BATCH; q++) {
                System.arraycopy(queries[q], 0, rows, q * queries[q].length, queries[q].length);
            }
            final Decision decision = new Decision();
            for (int i = 0; i < DECISIONS; i++) {
                client.decide(queries[i % BATCH], decision);
            }
            final Decisions decisions = new Decisions(BATCH);
            for (int i = 0; i < BATCHES; i++) {
                client.decide(rows, BATCH, decisions);
            }
        }
    }

    private static void command(final Path socket, final String... command) {
        final List<String> words = new ArrayList<>(List.of(command));
        words.addAll(List.of("--socket", socket.toString()));
        run(words.toArray(new String[0]));
    }

    private static void read(final URI page) throws IOException {
        try (var stream = page.toURL().openStream()) {
            stream.readAllBytes();
        }
    }

    private static void run(final String... words) {
        final CommandLine line = T1.commandLine();
        line.setOut(new PrintWriter(Writer.nullWriter()));
        final int code = line.execute(words);
        if (code != ExitCode.DONE && code != ExitCode.CHECK_FAILED) {
            throw new IllegalStateException(String.join(" ", words) + " exited with " + code);
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

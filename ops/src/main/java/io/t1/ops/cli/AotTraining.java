package io.t1.ops.cli;

import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;

/**
 * Runs what commands commonly do, once, so that the build can record which classes a start needs: help, and a sidecar that
 * is published to, asked, listed, rolled back and looked at, in a folder of its own.
 */
final class AotTraining {
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
        final Path table = Files.write(
                folder.resolve("router_distilled_int8.json"),
                RouterArtifactJson.write(RandomTables.artifact(1, 8, 5, 0)));
        final Path socket = folder.resolve("t1.sock");
        try (Sidecar sidecar = Sidecar.start(
                new SidecarContext().data(folder.resolve("data")).socket(socket).httpPort(0))) {
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
                final List<String> words = new ArrayList<>(command);
                words.addAll(List.of("--socket", socket.toString()));
                run(words.toArray(new String[0]));
            }
            for (final String page : List.of("/", "/stats", "/metrics", "/readyz")) {
                read(URI.create("http://127.0.0.1:" + sidecar.httpPort() + page));
            }
        }
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

package io.t1.ops.cli;

import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;

/** Runs the short commands as a user does. */
final class CommandTraining {
    private CommandTraining() {}

    /** In an empty folder. */
    static void run(final Path folder) throws IOException {
        command("--help");
        for (final String command : T1.commandLine().getSubcommands().keySet()) {
            command(command, "--help");
        }
        final Path table = Files.write(
                folder.resolve("router_distilled_int8.json"),
                RouterArtifactJson.write(RandomTables.artifact(1, 8, 5, 0)));
        final Path socket = folder.resolve("t1.sock");
        try (Sidecar _ = Sidecar.start(
                new SidecarContext().data(folder.resolve("data")).socket(socket).httpPort(SidecarContext.HTTP_OFF))) {
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
                command(words.toArray(new String[0]));
            }
        }
    }

    private static void command(final String... words) {
        final CommandLine line = T1.commandLine();
        line.setOut(new PrintWriter(Writer.nullWriter()));
        final int code = line.execute(words);
        if (code != ExitCode.DONE && code != ExitCode.CHECK_FAILED) {
            throw new IllegalStateException(String.join(" ", words) + " exited with " + code);
        }
    }
}

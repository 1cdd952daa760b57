package io.t1.bench.suite;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Other programs of the machine. */
public final class Programs {
    private Programs() {}

    /** Whether a command is on the search path. */
    public static boolean isThere(final String name) {
        for (final String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(folder).resolve(name))) {
                return true;
            }
        }
        return false;
    }

    /**
     * Runs a command to its end.
     *
     * @return what it printed on standard output.
     * @throws IllegalStateException if it fails or takes longer; the message has what it said.
     */
    public static String run(final List<String> command, final int seconds) throws IOException, InterruptedException {
        final Path said = Files.createTempFile("t1-bench", ".err");
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectError(Redirect.to(said.toFile()))
                    .redirectInput(Redirect.from(new File("/dev/null")))
                    .start();
            final Thread killer = Thread.ofVirtual().start(() -> killLater(process, seconds));
            final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            final int code = process.waitFor();
            killer.interrupt();
            if (code != 0) {
                throw new IllegalStateException(String.join(" ", command) + " exited with " + code + ": "
                        + Files.readString(said).strip());
            }
            return out;
        } finally {
            Files.deleteIfExists(said);
        }
    }

    private static void killLater(final Process process, final int seconds) {
        try {
            if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends a process: asks, waits, then kills. */
    public static void stop(final Process process) {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

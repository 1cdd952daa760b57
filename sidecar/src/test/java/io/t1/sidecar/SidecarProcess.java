package io.t1.sidecar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own, with the flags that a real one runs with, to be killed. */
final class SidecarProcess implements AutoCloseable {
    private final Process process;
    private final Path socket;
    private final Path log;

    private SidecarProcess(final Process process, final Path socket, final Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /** What runs in the process: flags as of {@link SidecarSettings}, each followed by its value. */
    public static void main(final String[] args) throws IOException, InterruptedException {
        final SidecarContext context = new SidecarContext();
        for (int i = 0; i < args.length; i += 2) {
            SidecarSettings.ofFlag(args[i]).assign().accept(context, args[i + 1]);
        }
        final Sidecar sidecar = Sidecar.start(context);
        Runtime.getRuntime().addShutdownHook(sidecar.shutdownHook());
        sidecar.awaitShutdown();
    }

    static SidecarProcess start(final Path directory) throws IOException {
        final Path root = Path.of(System.getProperty("t1.project.root"));
        final Path socket = directory.resolve("t1.sock");
        final Path log = Files.createTempFile(directory, "server", ".log");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root.resolve(".jvmopts"),
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                SidecarProcess.class.getName()));
        command.addAll(List.of(
                "--data", directory.resolve("data").toString(), "--socket", socket.toString(), "--http-port", "off"));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        final SidecarProcess started = new SidecarProcess(process, socket, log);
        Tests.await(
                "the server to listen",
                Duration.ofSeconds(60),
                () -> started.log().contains("listening on") || !process.isAlive());
        if (!process.isAlive()) {
            throw new IOException("the server ended: " + started.log());
        }
        return started;
    }

    Path socket() {
        return socket;
    }

    long pid() {
        return process.pid();
    }

    /** All that it has printed. */
    String log() {
        try (InputStream in = Files.newInputStream(log)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** SIGTERM; returns the exit code. */
    int terminate() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("the server didn't end within 60 s of SIGTERM: " + log());
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        kill();
    }
}

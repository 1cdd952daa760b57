package io.t1.ops.demo;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A sidecar in a process of its own: {@code t1 serve} by the launcher where this JVM was started by it, so that what is
 * shown is what a user gets; else with this JVM's own flags and class path.
 *
 * <p>Threading: one thread. Closing it sends SIGTERM and waits for the drain.
 */
public final class SidecarProcess implements AutoCloseable {
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final Path socket;
    private final Path log;

    private SidecarProcess(final Process process, final Path socket, final Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /**
     * Starts one; it may not listen yet when this returns, and clients wait for it as for any sidecar.
     *
     * @param folder its data, socket and log go here; the path must be short enough for a socket's.
     * @param mainClass the command line's, for want of a launcher.
     */
    public static SidecarProcess start(final Path folder, final String mainClass) throws IOException {
        final Path socket = folder.resolve("t1.sock");
        final Path log = folder.resolve("serve.log");
        final List<String> command = new ArrayList<>(serveCommand(mainClass));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(List.of("--socket", socket.toString(), "--http-port", "0"));
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("T1_STDERR"); // a descriptor of this process's
        builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        return new SidecarProcess(builder.start(), socket, log);
    }

    /**
     * The words that start a server as this JVM was started, its flags yet to follow.
     *
     * @param mainClass the command line's, for want of a launcher.
     */
    public static List<String> serveCommand(final String mainClass) {
        final String home = System.getProperty("t1.home");
        if (home != null) {
            return List.of(Path.of(home, "t1").toString(), "serve");
        }
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass, "serve"));
        return command;
    }

    /** Where it serves. */
    public Path socket() {
        return socket;
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** What it has logged. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (final IOException e) {
            return "no log: " + e;
        }
    }

    /** Drains it and returns its exit code; kills it when it doesn't end in time. */
    public int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        return process.exitValue();
    }

    @Override
    public void close() {
        try {
            stop();
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

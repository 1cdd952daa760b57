package io.t1.bench.start;

import io.t1.codec.client.ClientContext;
import io.t1.codec.client.SidecarUnreachableException;
import io.t1.codec.client.T1Client;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A server started by the launcher, as a user starts one.
 *
 * <p>Threading: one thread. Closing it sends SIGTERM and waits for the drain.
 */
public final class LaunchedServer implements AutoCloseable {
    private static final long STOP_SECONDS = 20;
    private static final long BACKOFF_NS = 1_000_000;

    private final Process process;
    private final Path socket;
    private final Path log;
    private final long begunNs;

    private LaunchedServer(final Process process, final Path socket, final Path log, final long begunNs) {
        this.process = process;
        this.socket = socket;
        this.log = log;
        this.begunNs = begunNs;
    }

    /**
     * Starts one on a folder; it doesn't listen yet when this returns.
     *
     * @param launcher {@code t1} of a built tree.
     * @param folder its data, socket and log go here; the path must be short enough for a socket's.
     * @param options further options of {@code serve}.
     */
    public static LaunchedServer start(final Path launcher, final Path folder, final String... options)
            throws IOException {
        final Path socket = folder.resolve("t1.sock");
        final Path log = folder.resolve("serve.log");
        final List<String> command = new ArrayList<>(List.of(launcher.toString(), "serve"));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(List.of("--socket", socket.toString(), "--http-port", "0"));
        command.addAll(List.of(options));
        Files.deleteIfExists(socket);
        final ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("T1_STDERR"); // a descriptor of this process's
        builder.redirectErrorStream(true).redirectOutput(Redirect.appendTo(log.toFile()));
        final long begunNs = System.nanoTime();
        return new LaunchedServer(builder.start(), socket, log, begunNs);
    }

    /** The launcher of the tree that this JVM was started from: {@code t1} under the property {@code t1.home}. */
    public static Path launcher() {
        final String home = System.getProperty("t1.home");
        if (home == null) {
            throw new IllegalStateException("t1.home isn't set: start this with ./t1 bench");
        }
        return Path.of(home, "t1");
    }

    /** When the launcher was started, as {@link System#nanoTime} tells. */
    public long begunNs() {
        return begunNs;
    }

    /** The server's process: the launcher becomes it. */
    public long pid() {
        return process.pid();
    }

    /** A client's settings for this server; it tries to connect once a millisecond. */
    public ClientContext client() {
        return new ClientContext().socketPath(socket).reconnectBackoffNs(BACKOFF_NS, BACKOFF_NS);
    }

    /** The Unix socket that it will serve on. */
    public Path socket() {
        return socket;
    }

    /**
     * Waits until it answers a control operation, for which its store must be open.
     *
     * @throws IOException if it doesn't within {@code timeoutNs} of its start.
     */
    public void awaitControl(final T1Client client, final long timeoutNs) throws IOException {
        while (true) {
            requireAlive();
            try {
                client.listTables();
                return;
            } catch (final SidecarUnreachableException e) {
                if (System.nanoTime() - begunNs > timeoutNs) {
                    throw new IOException("no server after " + timeoutNs + " ns", e);
                }
            }
        }
    }

    /**
     * Fails when the server is gone.
     *
     * @throws IOException with its log.
     */
    public void requireAlive() throws IOException {
        if (!process.isAlive()) {
            throw new IOException("the server ended with " + process.exitValue() + ": " + Files.readString(log));
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (final InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}

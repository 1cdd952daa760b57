package io.t1.bench.suite;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.bench.load.Connector;
import io.t1.bench.load.SocketPipe;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.SidecarUnreachableException;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import io.t1.ops.demo.SidecarProcess;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A sidecar in a process of its own, started as a user starts it ({@code t1 serve}), pinned to the servers' processor.
 *
 * <p>Closing it drains it. Threading: one thread.
 */
public final class SidecarUnderTest implements AutoCloseable {
    private static final String COMMAND_LINE = "io.t1.ops.cli.T1";
    private static final long START_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long KERNEL_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(50);

    private final Process process;
    private final Path socket;
    private final Path log;

    private SidecarUnderTest(final Process process, final Path socket, final Path log) {
        this.process = process;
        this.socket = socket;
        this.log = log;
    }

    /**
     * Starts one and waits until it listens, and until the kernel computes that it is told to compute with. It has no
     * table yet.
     *
     * @param folder for its data, its socket and its log.
     * @param flags besides those for them, e.g. {@code --poll spin}.
     */
    public static SidecarUnderTest start(final BenchRun run, final Path folder, final String... flags)
            throws IOException {
        final Path socket = folder.resolve("s");
        final Path log = folder.resolve("serve.log");
        final List<String> command = new ArrayList<>(SidecarProcess.serveCommand(COMMAND_LINE));
        command.addAll(List.of("--data", folder.resolve("data").toString()));
        command.addAll(List.of("--socket", socket.toString(), "--http-port", "off"));
        command.addAll(List.of(flags));
        final ProcessBuilder builder = new ProcessBuilder(run.cores().onServer(command));
        builder.redirectErrorStream(true).redirectOutput(Redirect.to(log.toFile()));
        final SidecarUnderTest server = new SidecarUnderTest(builder.start(), socket, log);
        server.awaitListening();
        final int kernel = List.of(flags).indexOf("--kernel");
        if (kernel >= 0) {
            server.awaitKernel(flags[kernel + 1]);
        }
        return server;
    }

    private void awaitListening() throws IOException {
        final long begun = System.nanoTime();
        while (System.nanoTime() - begun < START_NS && process.isAlive()) {
            try (T1Client client = client()) {
                final var _ = client.listTables();
                return;
            } catch (final SidecarUnreachableException e) {
                Thread.onSpinWait(); // not yet
            }
        }
        final String said = Files.exists(log) ? Files.readString(log) : "";
        close();
        throw new IllegalStateException("the sidecar didn't listen within 60 s: " + said.strip());
    }

    /** A server that is told to compute with vectors does so once they are compiled, a second or some after its start. */
    private void awaitKernel(final String kernel) throws IOException {
        final ObjectMapper json = new ObjectMapper();
        final long begun = System.nanoTime();
        try (T1Client client = client()) {
            while (!json.readTree(client.stats()).at("/server/kernel").asText().equals(kernel)) {
                if (System.nanoTime() - begun > START_NS) {
                    throw new IllegalStateException("kernel=" + kernel + " didn't come within 60 s: " + log());
                }
                LockSupport.parkNanos(KERNEL_LOOK_NS); // asking costs the server's one processor
            }
        } catch (final IOException | IllegalStateException e) {
            close();
            throw e;
        }
    }

    /** Publishes a table and makes it the active one. */
    public SidecarUnderTest publish(final RouterArtifact artifact) {
        publishAll(List.of(artifact));
        return this;
    }

    /** Publishes tables over one connection. */
    public void publishAll(final List<RouterArtifact> artifacts) {
        try (T1Client client = client()) {
            for (final RouterArtifact artifact : artifacts) {
                final var _ = client.publish(RouterArtifactJson.write(artifact), PublishRole.ACTIVATE);
            }
        }
    }

    /** A client for control requests. */
    public T1Client client() {
        return T1Client.connect(new ClientContext()
                .socketPath(socket)
                .clientName("t1 bench")
                .adminTimeoutNs(TimeUnit.SECONDS.toNanos(10)));
    }

    /** Opens connections to its socket. */
    public Connector connector() {
        return waiting -> SocketPipe.connect(socket, waiting);
    }

    /** Where it serves. */
    public Path socket() {
        return socket;
    }

    /** Its process. */
    public Process process() {
        return process;
    }

    /** What it has said. */
    public String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() {
        Programs.stop(process);
    }
}

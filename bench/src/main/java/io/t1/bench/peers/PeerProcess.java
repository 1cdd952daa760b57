package io.t1.bench.peers;

import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Programs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A Java peer's server in a process of its own, with this JVM's flags, on the servers' processor. It says {@value #READY}
 * when it serves.
 */
public final class PeerProcess implements AutoCloseable {
    /** What a server prints. */
    public static final String READY = "ready";

    private final Process process;

    private PeerProcess(final Process process) {
        this.process = process;
    }

    /** Starts one and waits until it serves. */
    public static PeerProcess start(
            final BenchRun run, final Path folder, final Class<?> main, final List<String> arguments)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(arguments);
        final Path log = folder.resolve("peer.log");
        final Process process = new ProcessBuilder(run.cores().onServer(command))
                .redirectError(Redirect.to(log.toFile()))
                .start();
        final BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        if (!READY.equals(said.readLine())) {
            Programs.stop(process);
            throw new IllegalStateException(main.getSimpleName() + " didn't start: "
                    + Files.readString(log).strip());
        }
        return new PeerProcess(process);
    }

    /** Says so, then sleeps until this process is ended. */
    public static void serveUntilEnded() throws InterruptedException {
        System.out.println(READY);
        System.out.flush();
        Thread.sleep(Long.MAX_VALUE);
    }

    @Override
    public void close() {
        Programs.stop(process);
    }
}

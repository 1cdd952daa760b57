package io.t1.bench.peers;

import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.Figure;
import io.t1.bench.suite.Programs;
import io.t1.bench.suite.Unavailable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Redis GET on a Unix socket: request and response have as many bytes as ours, the protocol's own among them, and nothing
 * is persisted; the server runs on the servers' processor, {@code redis-benchmark} on the clients'.
 */
public final class RedisPeer implements AutoCloseable {
    private static final int REQUEST_PROTOCOL_BYTES = 24; // *2, $3, GET, $65 and their line ends, and the key's
    private static final int RESPONSE_PROTOCOL_BYTES = 7; // $66 and two line ends
    private static final int RUN_SECONDS = 60;
    private static final int LEAST_REQUESTS = 100_000;

    private final BenchRun run;
    private final Process process;
    private final Path socket;
    private final String key;
    private double lastPerSecond = 500_000;

    private RedisPeer(final BenchRun run, final Process process, final Path socket, final String key) {
        this.run = run;
        this.process = process;
        this.socket = socket;
        this.key = key;
    }

    /**
     * Starts a server and stores the value.
     *
     * @throws Unavailable without Redis.
     */
    public static RedisPeer start(final BenchRun run) throws Unavailable, IOException, InterruptedException {
        for (final String program : List.of("redis-server", "redis-benchmark", "redis-cli")) {
            if (!Programs.isThere(program)) {
                throw new Unavailable(program + " isn't installed (Debian: redis-server, redis-tools)");
            }
        }
        final Path folder = run.folder("r");
        final Path socket = folder.resolve("r");
        Files.deleteIfExists(socket);
        final List<String> command = new ArrayList<>(List.of("redis-server", "--port", "0", "--unixsocket"));
        command.addAll(List.of(socket.toString(), "--save", "", "--appendonly", "no", "--dir", folder.toString()));
        final Process process = new ProcessBuilder(run.cores().onServer(command))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(folder.resolve("redis.log").toFile()))
                .start();
        final RedisPeer peer =
                new RedisPeer(run, process, socket, "k".repeat(PayloadSizes.REQUEST - REQUEST_PROTOCOL_BYTES));
        peer.store();
        return peer;
    }

    private void store() throws IOException, InterruptedException {
        final long begun = System.nanoTime();
        while (!Files.exists(socket)) {
            if (!process.isAlive() || System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(20)) {
                close();
                throw new IllegalStateException("redis-server doesn't listen");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        final String value = "v".repeat(PayloadSizes.RESPONSE - RESPONSE_PROTOCOL_BYTES);
        final String answer =
                Programs.run(List.of("redis-cli", "-s", socket.toString(), "SET", key, value), RUN_SECONDS);
        if (!answer.strip().equals("OK")) {
            throw new IllegalStateException("Redis answered SET with " + answer.strip());
        }
    }

    /** What it is, for the reference column. */
    public String describe() throws IOException, InterruptedException {
        final String version =
                Programs.run(List.of("redis-server", "--version"), RUN_SECONDS).replaceAll(".*v=(\\S+).*\\R?", "$1");
        return "Redis " + version.strip() + " GET at the same depth, as many bytes each way (redis-benchmark)";
    }

    /** Requests a second, of as many runs as the effort asks for, after one that warms it up. */
    public Figure requestsPerSecond(final int clients, final int depth) throws IOException, InterruptedException {
        final var _ = once(clients, depth);
        final List<Double> runs = new ArrayList<>();
        for (int i = 0; i < run.effort().runs(); i++) {
            runs.add(once(clients, depth));
        }
        return new Figure(runs);
    }

    /** One run, as long as others by what the last one gave: redis-benchmark counts requests, not time. */
    private double once(final int clients, final int depth) throws IOException, InterruptedException {
        final long requests =
                Math.max(LEAST_REQUESTS, (long) (lastPerSecond * run.effort().runMs() / 1_000));
        final List<String> command = new ArrayList<>(List.of("redis-benchmark", "-s", socket.toString()));
        command.addAll(List.of("-c", Integer.toString(clients), "-P", Integer.toString(depth)));
        command.addAll(List.of("-n", Long.toString(requests), "--csv", "GET", key));
        final String csv = Programs.run(run.cores().onClient(command), RUN_SECONDS);
        final String[] fields = csv.strip().lines().toList().getLast().split("\",\"", -1);
        lastPerSecond = Double.parseDouble(fields[1].replace("\"", ""));
        return lastPerSecond;
    }

    @Override
    public void close() {
        Programs.stop(process);
    }
}

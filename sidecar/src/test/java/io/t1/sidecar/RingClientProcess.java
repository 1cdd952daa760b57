package io.t1.sidecar;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.codec.ring.RingIdle;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A client with a ring in a process of its own, which decides without end, to be killed. */
final class RingClientProcess implements AutoCloseable {
    private final Process process;

    private RingClientProcess(final Process process) {
        this.process = process;
    }

    /** What runs in the process: the socket's path. */
    public static void main(final String[] args) {
        final Decision decision = new Decision();
        try (T1Client client = RingIT.ringClient(Path.of(args[0]), RingIdle.BLOCKING)) {
            while (!Thread.currentThread().isInterrupted()) {
                client.decide(new float[4], decision);
            }
        }
    }

    static RingClientProcess start(final Path socket) throws IOException {
        final Path root = Path.of(System.getProperty("t1.project.root"));
        return new RingClientProcess(new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + root.resolve(".jvmopts"),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        RingClientProcess.class.getName(),
                        socket.toString()))
                .inheritIO()
                .start());
    }

    /** kill -9. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}

package io.t1.codec.client;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A client, and a sidecar that does as a script says. */
abstract class ScriptedClient {
    static final float[] FEATURES = {0.25f, 9, 0.5f};

    @TempDir
    Path directory;

    final DecidingScript script = new DecidingScript();
    final Decision decision = new Decision();
    Path socket = Path.of("t1.sock");

    @BeforeEach
    void setUp() {
        socket = directory.resolve("t1.sock");
    }

    /** Sends its features in an order that isn't the table's, and one that the table lacks; lacks {@code miss_rate}. */
    ClientContext context() {
        return new ClientContext()
                .socketPath(socket)
                .features("query_length", "freshness", "entropy")
                .deadlineNs(TimeUnit.SECONDS.toNanos(5))
                .reconnectBackoffNs(TimeUnit.MILLISECONDS.toNanos(1), TimeUnit.MILLISECONDS.toNanos(20));
    }
}

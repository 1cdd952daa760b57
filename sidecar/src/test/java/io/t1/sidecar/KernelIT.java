package io.t1.sidecar;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.client.Decision;
import io.t1.codec.client.T1Client;
import io.t1.router.KernelKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelIT {
    /** A rehearsal gives up after 20 s; a busy machine may be slow in all else. */
    private static final Duration VECTORS = Duration.ofSeconds(60);

    private static final long READY_NS = TimeUnit.SECONDS.toNanos(20);

    @Test
    void aServerToldVectorsDecidesAtOnceAndEndsOnVectors(@TempDir final Path directory) throws IOException {
        try (LiveSidecar server = LiveSidecar.start(directory, context -> context.kernel(KernelKind.VECTOR))) {
            final long version = server.publish(1);
            try (T1Client client = server.client()) {
                assertTrue(client.awaitReady(READY_NS), client.lastError());
                final float[] query = RandomTables.query(new Random(1));
                final Decision before = new Decision();
                client.decide(query, before);
                assertFalse(before.degraded());
                Tests.await("vectors, as told", VECTORS, () -> kernel(server).equals("vector"));
                final Decision after = new Decision();
                client.decide(query, after);
                assertEquals(version, after.tableVersion());
                assertEquals(before.arm(), after.arm());
            }
        }
    }

    /** What /stats says. */
    private static String kernel(final LiveSidecar server) {
        return server.sidecar().stats().snapshot().server().kernel();
    }
}

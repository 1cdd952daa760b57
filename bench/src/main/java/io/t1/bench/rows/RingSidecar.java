package io.t1.bench.rows;

import io.t1.bench.suite.BenchRun;
import io.t1.bench.suite.MappedFolder;
import io.t1.bench.suite.SidecarUnderTest;
import io.t1.codec.client.AsyncT1Client;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.codec.ring.RingIdle;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A sidecar whose ring thread spins on the servers' processor, and clients that spin. Threading: one thread. */
public final class RingSidecar implements AutoCloseable {
    /** What a reader of its figures has to know. */
    public static final String NOTE =
            "ring threads busy-spin, rings in memory, no journal (--journal-mib 0; on sockets there is one)";

    private static final long READY_NS = TimeUnit.SECONDS.toNanos(20);

    private final MappedFolder rings;
    private final SidecarUnderTest server;

    private RingSidecar(final MappedFolder rings, final SidecarUnderTest server) {
        this.rings = rings;
        this.server = server;
    }

    /** Starts one with the rows' table. */
    public static RingSidecar start(final BenchRun run) throws IOException {
        final MappedFolder rings = MappedFolder.of(run);
        try {
            final SidecarUnderTest server = SidecarUnderTest.start(
                    run,
                    run.folder("ring"),
                    "--ring-idle",
                    RingIdle.BUSY_SPIN.text(),
                    "--ring-directory",
                    rings.path().toString(),
                    "--poll",
                    "block",
                    "--journal-mib",
                    "0");
            return new RingSidecar(rings, server.publish(RandomTable.standard()));
        } catch (final IOException | RuntimeException e) {
            rings.close();
            throw e;
        }
    }

    /** A client that waits for each answer. */
    public T1Client connect() {
        final T1Client client = T1Client.connect(context());
        if (!client.awaitReady(READY_NS)) {
            client.close();
            throw new IllegalStateException("the client isn't ready: " + client.lastError());
        }
        requireRing(client.transport(), client.lastError());
        return client;
    }

    /** A client with so many requests in flight. */
    AsyncT1Client connect(final int depth) {
        final AsyncT1Client client = AsyncT1Client.connect(context().inFlightWindow(depth));
        final long begun = System.nanoTime();
        while (!client.isReady()) {
            final var _ = client.poll((correlationId, decisions) -> {});
            if (System.nanoTime() - begun > READY_NS) {
                client.close();
                throw new IllegalStateException("the client isn't ready: " + client.lastError());
            }
        }
        requireRing(client.transport(), client.lastError());
        return client;
    }

    /** A client falls back to the socket where it gets no ring; its figures would be the socket's. */
    private static void requireRing(final TransportChoice transport, final String lastError) {
        if (transport != TransportChoice.RING) {
            throw new IllegalStateException("transport=" + transport + ", asked RING: " + lastError);
        }
    }

    private ClientContext context() {
        return new ClientContext()
                .socketPath(server.socket())
                .transport(TransportChoice.RING)
                .ringIdle(RingIdle.BUSY_SPIN)
                .deadlineNs(TimeUnit.SECONDS.toNanos(1))
                .features(RandomTable.standard().featureNames());
    }

    @Override
    public void close() {
        try (rings) {
            server.close();
        }
    }
}

package io.t1.sidecar;

import io.t1.codec.client.ClientContext;
import io.t1.codec.client.T1Client;
import io.t1.codec.wire.PublishRole;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/** A server on a socket of its own, for a test. */
final class LiveSidecar implements AutoCloseable {
    private final Sidecar sidecar;

    private LiveSidecar(final Sidecar sidecar) {
        this.sidecar = sidecar;
    }

    static SidecarContext context(final Path directory) {
        return new SidecarContext()
                .data(directory.resolve("data"))
                .socket(directory.resolve("t1.sock"))
                .httpPort(SidecarContext.HTTP_OFF);
    }

    static LiveSidecar start(final Path directory) throws IOException {
        return start(directory, context -> context);
    }

    static LiveSidecar start(final Path directory, final UnaryOperator<SidecarContext> settings) throws IOException {
        return new LiveSidecar(Sidecar.start(settings.apply(context(directory))));
    }

    Sidecar sidecar() {
        return sidecar;
    }

    /** A client that waits long: the machine may be busy. */
    static ClientContext client(final Path socket) {
        return new ClientContext()
                .socketPath(socket)
                .features(RandomTables.NAMES)
                .connectTimeoutNs(TimeUnit.SECONDS.toNanos(20))
                .deadlineNs(TimeUnit.SECONDS.toNanos(20));
    }

    T1Client client() {
        return T1Client.connect(client(sidecar.address()));
    }

    /** Publishes the table of a seed and makes it active. */
    long publish(final long seed) {
        try (T1Client client = client()) {
            return client.publish(RandomTables.json(seed), PublishRole.ACTIVATE).tableVersion();
        }
    }

    @Override
    public void close() {
        sidecar.close();
    }
}

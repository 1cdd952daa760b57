package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.T1Client;
import io.t1.codec.client.TransportChoice;
import io.t1.ops.BadInputException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;

/** How a command finds the sidecar, and which table it means. */
final class SocketOptions {
    private static final String CLIENT_NAME = "t1-cli";

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            defaultValue = "${env:T1_SOCKET:-t1-data/t1.sock}",
            description = "The sidecar's Unix socket (default: ${DEFAULT-VALUE}; T1_SOCKET).")
    private Path socket;

    Path socket() {
        return socket;
    }

    /** A client for control requests. */
    T1Client connect() {
        return control(socket);
    }

    /** A client for decisions by a key's table. */
    T1Client connect(final TableKey key, final List<String> features) {
        return connect(key, features, TransportChoice.SOCKET);
    }

    /** The same, carried as chosen. */
    T1Client connect(final TableKey key, final List<String> features, final TransportChoice transport) {
        return connect(socket, key, features, transport);
    }

    /** A client for control requests to a sidecar named otherwise. */
    static T1Client control(final Path socket) {
        return connect(socket, TableKey.DEFAULT, List.of("entropy"), TransportChoice.SOCKET);
    }

    private static T1Client connect(
            final Path socket, final TableKey key, final List<String> features, final TransportChoice transport) {
        try {
            return T1Client.connect(new ClientContext()
                    .socketPath(socket)
                    .clientName(CLIENT_NAME)
                    .tableKey(key)
                    .features(features)
                    .transport(transport));
        } catch (final IllegalArgumentException e) {
            throw new BadInputException("--socket=" + socket + ": " + e.getMessage(), e);
        }
    }
}

package io.t1.ops.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How a command finds the sidecar. */
final class SocketOptions {
    @Option(
            names = "--socket",
            paramLabel = "PATH",
            defaultValue = "${env:T1_SOCKET:-/tmp/t1.sock}",
            description = "The sidecar's Unix socket (default: $T1_SOCKET, else ${DEFAULT-VALUE}).")
    Path socket;
}

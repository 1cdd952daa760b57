package io.t1.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * Runs what commands commonly do, once, so that the build can record which classes a start needs: a sidecar that is
 * published to, asked, listed, rolled back and looked at, in a folder of its own; for {@code serve} by a client, for the
 * other kinds by the commands, and their help.
 *
 * <p>What is recorded is loaded at every start, needed or not: so a server's start records nothing of the command line.
 */
final class AotTraining {
    private AotTraining() {}

    /** Ends with 0 when all that ran did what it should. */
    public static void main(final String[] args) throws Exception {
        final boolean server = args[1].equals("serve");
        final Path folder = Files.createTempDirectory("t1-aot");
        try {
            if (server) {
                ServerTraining.run(folder);
            } else {
                CommandTraining.run(folder);
            }
        } finally {
            delete(folder);
        }
        System.exit(ExitCode.DONE);
    }

    private static void delete(final Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (final Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}

package io.t1.ops.cli;

import io.t1.codec.TableKey;
import io.t1.codec.client.T1Client;
import io.t1.ops.BadInputException;
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The table that rows are held against: a file's, or the one that a running sidecar decides by. */
final class HeldAgainstOptions {
    @Option(names = "--table", paramLabel = "FILE", description = "A table to hold the rows against.")
    private @Nullable Path table;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description =
                    "The Unix socket of a running sidecar, to hold the rows against the table that it decides by; whose"
                            + " traffic's says --key.")
    private @Nullable Path socket;

    /**
     * The table.
     *
     * @param key whose traffic's, of a sidecar.
     * @throws io.t1.codec.client.SidecarUnreachableException if no sidecar answers.
     */
    RouterArtifact table(final TableKey key) {
        if (table != null) {
            return ArtifactFile.read(table);
        }
        final Path asked = socket == null ? Path.of("") : socket;
        try (T1Client client = SocketOptions.control(asked)) {
            return RouterArtifactJson.read(client.fetchTable(key));
        } catch (final RefusedArtifactException e) {
            throw new BadInputException("the table of " + key + " at " + asked + ": " + e.getMessage(), e);
        }
    }
}

package io.t1.ops.gate;

import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A table's file, read whole and checked, and written whole. */
public final class ArtifactFile {
    private ArtifactFile() {}

    /**
     * Reads a table.
     *
     * @throws BadInputException if it isn't there, or isn't a valid table.
     */
    public static RouterArtifact read(final Path file) {
        try {
            if (Files.size(file) > RouterArtifactJson.MAX_LENGTH) {
                throw new BadInputException(file + ": length=" + Files.size(file) + " > "
                        + RouterArtifactJson.MAX_LENGTH + ": not a router table");
            }
            return RouterArtifactJson.read(Files.readAllBytes(file));
        } catch (final RefusedArtifactException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        } catch (final NoSuchFileException e) {
            throw new BadInputException(file + ": no such file; t1 distil writes one", e);
        } catch (final IOException e) {
            throw new BadInputException(file + ": can't be read: " + e.getMessage(), e);
        }
    }

    /** Writes a table, as {@link WholeFile} does. */
    public static void write(final Path file, final RouterArtifact artifact) {
        WholeFile.write(file, RouterArtifactJson.write(artifact));
    }
}

package io.t1.ops.shapes;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Curves beside a table, as JSON. */
public final class ShapesFile {
    private static final long MOST_BYTES = 64L << 20;
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();

    private ShapesFile() {}

    /** Writes them, whole or not at all. */
    public static void write(final Path file, final TableShapes shapes) {
        try {
            WholeFile.write(file, JSON.writeValueAsBytes(shapes));
        } catch (final JacksonException e) {
            throw new IllegalStateException("names and numbers always have a JSON form", e);
        }
    }

    /**
     * Reads them.
     *
     * @throws BadInputException if it isn't there, or isn't such a file.
     */
    public static TableShapes read(final Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BadInputException(file + ": length=" + Files.size(file) + " > " + MOST_BYTES
                        + ": not the curves that t1 distil --shapes writes");
            }
            final TableShapes shapes = JSON.readValue(Files.readAllBytes(file), TableShapes.class);
            if (shapes == null || shapes.tableSha256() == null || shapes.curves() == null) {
                throw new BadInputException(
                        file + ": lacks table_sha256 or curves: not what t1 distil --shapes writes");
            }
            return shapes;
        } catch (final NoSuchFileException e) {
            throw new BadInputException(file + ": no such file; t1 distil --shapes writes one", e);
        } catch (final JacksonException e) {
            throw new BadInputException(file + ": not the curves of a table: " + e.getOriginalMessage(), e);
        } catch (final IOException e) {
            throw new BadInputException(file + ": can't be read: " + e.getMessage(), e);
        }
    }
}

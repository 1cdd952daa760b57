package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** That a file holds something, and all of it. */
final class FileContent {
    private FileContent() {}

    /**
     * @throws BadInputException if a file is empty, or is a Zstandard file that was cut, which DuckDB takes for its end.
     */
    static void require(final Path file) {
        try {
            if (Files.size(file) == 0) {
                throw new BadInputException(file + ": is empty: one row a query and arm is expected");
            }
            if (file.toString().toLowerCase(Locale.ROOT).endsWith(".zst")) {
                ZstandardFrames.requireWhole(file);
            }
        } catch (final IOException e) {
            throw new BadInputException(file + ": can't be read: " + e.getMessage(), e);
        }
    }
}

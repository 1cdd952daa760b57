package io.t1.ops.observation;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.ops.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Rows left out, a JSON object a line: {@code reason}, {@code where} and {@code row}. It appears whole, or not at all. */
final class RejectsFile {
    private RejectsFile() {}

    static void write(final Path file, final List<RejectedRow> rows) {
        final Path absolute = file.toAbsolutePath();
        final Path beside = absolute.resolveSibling(
                "." + absolute.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        final ObjectMapper json = new ObjectMapper();
        final StringBuilder lines = new StringBuilder();
        try {
            for (final RejectedRow row : rows) {
                lines.append(json.writeValueAsString(row)).append('\n');
            }
            try {
                Files.writeString(beside, lines);
                Files.move(beside, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (final IOException e) {
            throw new BadInputException(
                    file + ": the rejects can't be written: " + e + ": name a file in a writable folder", e);
        }
    }
}

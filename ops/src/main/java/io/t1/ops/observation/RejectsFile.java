package io.t1.ops.observation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.ops.WholeFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** Rows left out, a JSON object a line: {@code reason}, {@code where} and {@code row}. It appears whole, or not at all. */
final class RejectsFile {
    private RejectsFile() {}

    static void write(final Path file, final List<RejectedRow> rows) {
        final ObjectMapper json = new ObjectMapper();
        final StringBuilder lines = new StringBuilder();
        try {
            for (final RejectedRow row : rows) {
                lines.append(json.writeValueAsString(row)).append('\n');
            }
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("text and numbers always have a JSON form", e);
        }
        WholeFile.write(file, lines.toString().getBytes(StandardCharsets.UTF_8));
    }
}

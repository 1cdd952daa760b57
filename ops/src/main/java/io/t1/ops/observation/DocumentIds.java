package io.t1.ops.observation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Document ids out of a cell: a JSON array, or parted by blanks. One object an id, since they come again and again. */
final class DocumentIds {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, String> pooled = new HashMap<>();

    /** Best first; empty when the cell is. */
    List<String> of(final @Nullable String cell) {
        if (cell == null || cell.isBlank()) {
            return List.of();
        }
        final List<String> ids = new ArrayList<>();
        if (cell.startsWith("[")) {
            try {
                for (final JsonNode id : JSON.readTree(cell)) {
                    ids.add(pooled.computeIfAbsent(id.asText(), key -> key));
                }
                return List.copyOf(ids);
            } catch (final JsonProcessingException e) {
                ids.clear(); // not JSON after all: ids may begin with a bracket
            }
        }
        for (final String id : cell.strip().split("\\s+", -1)) {
            ids.add(pooled.computeIfAbsent(id, key -> key));
        }
        return List.copyOf(ids);
    }
}

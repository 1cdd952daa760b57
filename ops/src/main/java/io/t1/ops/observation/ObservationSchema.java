package io.t1.ops.observation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** The JSON Schema of a row, draft 2020-12: what one line of JSON Lines must be for {@link ObservationReader}. */
public enum ObservationSchema {
    /** What a query gave and cost under an arm: {@link ObservationReader#read}. */
    OUTCOMES("observation.schema.json"),
    /** What a table should say of a query: {@link ObservationReader#readTargets}. */
    TARGETS("target.schema.json");

    private final String file;

    ObservationSchema(final String file) {
        this.file = file;
    }

    /**
     * A column that a row may have.
     *
     * @param needed whether a row without it can't be used.
     */
    public record Column(String name, boolean needed, String description) {}

    /** The columns that the schema names, in its order. */
    public List<Column> columns() {
        try {
            final JsonNode schema = new ObjectMapper().readTree(json());
            final Set<String> needed = new HashSet<>();
            schema.get("required").forEach(name -> needed.add(name.asText()));
            final List<Column> columns = new ArrayList<>();
            schema.get("properties")
                    .properties()
                    .forEach(property -> columns.add(new Column(
                            property.getKey(),
                            needed.contains(property.getKey()),
                            property.getValue().get("description").asText())));
            return columns;
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("the schema isn't JSON", e);
        }
    }

    /** The schema's text. */
    public String json() {
        try (InputStream in = Objects.requireNonNull(ObservationSchema.class.getResourceAsStream(file), file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (final IOException e) {
            throw new UncheckedIOException("reading " + file, e);
        }
    }
}

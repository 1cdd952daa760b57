package io.t1.ops.cli;

import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.router.artifact.OutputName;
import java.io.PrintWriter;

/** What {@code --json} prints: one object on one line, names in snake_case, after everything else. */
final class Json {
    private Json() {}

    /** Prints a record as one line of JSON. */
    static void print(final PrintWriter out, final Object record) {
        final ObjectMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addMixIn(OutputName.class, NamedAsInTables.class)
                .build();
        try {
            out.println(mapper.writeValueAsString(record));
        } catch (final JsonProcessingException e) {
            throw new IllegalStateException("can't print " + record.getClass().getSimpleName() + " as JSON", e);
        }
    }

    /** Outputs bear one name, in tables and in what is printed. */
    private abstract static class NamedAsInTables {
        @JsonValue
        abstract String jsonName();
    }
}

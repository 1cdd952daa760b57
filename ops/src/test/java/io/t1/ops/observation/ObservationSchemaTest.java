package io.t1.ops.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema and the reader tell the same story. */
class ObservationSchemaTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(ObservationSchema.OUTCOMES.json());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsValid() throws IOException {
        final Path file = folder.resolve("written.jsonl");
        new ObservationWriter(file)
                .write(new MeasuredQueries(
                        List.of("entropy", "own_feature"),
                        List.of(new MeasuredQuery(
                                "q1",
                                "all",
                                new float[] {Float.NaN, -1.5f},
                                new double[] {0, 0.5, 1},
                                new double[] {210.5, 1700, 3500.25},
                                List.of(List.of("a", "b"), List.of(), List.of("c"))))));
        try (Stream<String> lines = Files.lines(file)) {
            lines.forEach(line -> assertEquals(List.of(), SCHEMA.validate(line, InputFormat.JSON), line));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"arm\":\"SKIP\",\"entropy\":1,\"ndcg10\":0,\"latency_us\":1}",
                "{\"query_id\":\"\",\"arm\":\"SKIP\",\"entropy\":1,\"ndcg10\":0,\"latency_us\":1}",
                "{\"query_id\":\"q\",\"arm\":\"SOME\",\"entropy\":1,\"ndcg10\":0,\"latency_us\":1}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":1,\"ndcg10\":1.5,\"latency_us\":1}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":1,\"ndcg10\":\"high\",\"latency_us\":1}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":1,\"ndcg10\":0,\"latency_us\":-1}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":1,\"ndcg10\":0,\"latency_us\":1e12}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":1e31,\"ndcg10\":0,\"latency_us\":1}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":\"deep\",\"ndcg10\":0,\"latency_us\":1}",
                "{\"query_id\":\"q\",\"arm\":\"SKIP\",\"entropy\":1,\"latency_us\":1}"
            })
    void whatTheSchemaRefusesTheReaderLeavesOut(final String line) throws IOException {
        assertFalse(SCHEMA.validate(line, InputFormat.JSON).isEmpty(), line);
        final Path file = folder.resolve("bad.jsonl");
        Files.write(file, List.of(line, good("q1", "SKIP"), good("q1", "CHEAP"), good("q1", "FULL")));
        final var strict = new ObservationReader(List.of(), new BadRowPolicy(0, Optional.empty()));
        final var refused =
                assertThrows(BadInputException.class, () -> strict.read(List.of(file.toString()), Progress.NONE), line);
        assertTrue(String.valueOf(refused.getMessage()).contains("bad rows=1 of 4"), refused.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"entropy\":1,\"tau\":0.5,\"spend_cap_ms\":1,\"min_conf_gain\":0}",
                "{\"query_id\":\"q\",\"entropy\":1,\"tau\":1.5,\"spend_cap_ms\":1,\"min_conf_gain\":0}",
                "{\"query_id\":\"q\",\"entropy\":1,\"tau\":null,\"spend_cap_ms\":1,\"min_conf_gain\":0}",
                "{\"query_id\":\"q\",\"entropy\":1,\"tau\":0.5,\"spend_cap_ms\":1e7,\"min_conf_gain\":0}",
                "{\"query_id\":\"q\",\"entropy\":1,\"tau\":0.5,\"spend_cap_ms\":1,\"min_conf_gain\":-1}",
                "{\"query_id\":\"q\",\"entropy\":1,\"tau\":0.5,\"spend_cap_ms\":1,\"min_conf_gain\":0,\"weight\":-1}"
            })
    void whatTheSchemaOfTargetsRefusesTheReaderLeavesOut(final String line) throws IOException {
        final Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ObservationSchema.TARGETS.json());
        final String good = "{\"query_id\":\"g\",\"entropy\":1,\"tau\":0.5,\"spend_cap_ms\":1,\"min_conf_gain\":0}";
        assertEquals(List.of(), schema.validate(good, InputFormat.JSON));
        assertFalse(schema.validate(line, InputFormat.JSON).isEmpty(), line);
        final Path file = folder.resolve("bad.jsonl");
        Files.write(file, List.of(good, line));
        final var strict = new ObservationReader(List.of(), new BadRowPolicy(0, Optional.empty()));
        final var refused = assertThrows(
                BadInputException.class, () -> strict.readTargets(List.of(file.toString()), Progress.NONE), line);
        assertTrue(String.valueOf(refused.getMessage()).contains("bad rows=1 of 2"), refused.getMessage());
    }

    @Test
    void everyKnownFeatureStandsInTheSchema() throws IOException {
        final JsonNode properties =
                new ObjectMapper().readTree(ObservationSchema.OUTCOMES.json()).get("properties");
        for (final ContextFeature feature : ContextFeature.values()) {
            assertTrue(properties.has(feature.columnName()), feature.columnName());
        }
    }

    private static String good(final String query, final String arm) {
        return String.format(
                "{\"query_id\":\"%s\",\"arm\":\"%s\",\"entropy\":1.5,\"ndcg10\":0.5,\"latency_us\":100}", query, arm);
    }
}

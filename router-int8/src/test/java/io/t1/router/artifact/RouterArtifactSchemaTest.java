package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.t1.router.generate.RandomTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The JSON Schema and the reader tell the same story. */
class RouterArtifactSchemaTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RouterArtifactJson.schema());

    @ParameterizedTest
    @CsvSource({"1, 1, 4, 0", "2, 4, 4, 0", "3, 8, 5, 2", "4, 16, 5, 8"})
    void whatIsWrittenIsValid(final long seed, final int features, final int outputs, final int pairs) {
        final byte[] written = RouterArtifactJson.write(RandomTables.artifact(seed, features, outputs, pairs));
        assertEquals(
                List.of(),
                SCHEMA.validate(new String(written, StandardCharsets.UTF_8), InputFormat.JSON),
                "seed=" + seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatTheSchemaRefusesTheReaderRefusesForAReasonOfItsOwn(final long seed) throws Exception {
        final byte[] written = RouterArtifactJson.write(RandomTables.artifact(seed, 3, 5, 1));
        final SplittableRandom random = new SplittableRandom(seed);
        int refusedBySchema = 0;
        for (int step = 0; step < 60; step++) {
            final JsonNode root = MAPPER.readTree(written);
            final String edit = mutate(root, random);
            final String json = root.toString();
            if (!SCHEMA.validate(json, InputFormat.JSON).isEmpty()) {
                refusedBySchema++;
                final String where = "seed=" + seed + ", step=" + step + ", " + edit;
                final var refused = assertThrows(
                        RefusedArtifactException.class,
                        () -> RouterArtifactJson.read(json.getBytes(StandardCharsets.UTF_8)),
                        where);
                // the checksum notices every change: that alone would prove nothing
                assertTrue(
                        !refused.path().equals("$.sha256") || edit.contains("sha256"),
                        where + ": " + refused.getMessage());
            }
        }
        assertTrue(refusedBySchema > 30, "refused by schema: " + refusedBySchema);
    }

    /** Changes one place of the document: drops, adds, repeats, or puts a value of another kind or out of range. */
    private static String mutate(final JsonNode root, final SplittableRandom random) {
        final List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        while (true) {
            final JsonNode container = containers.get(random.nextInt(containers.size()));
            if (container instanceof ObjectNode object && !object.isEmpty()) {
                final List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                final String name = names.get(random.nextInt(names.size()));
                switch (random.nextInt(3)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.put(name + "x", 1);
                    default -> object.set(name, strange(random));
                }
                return "object member " + name;
            }
            if (container instanceof ArrayNode array && !array.isEmpty()) {
                final int index = random.nextInt(array.size());
                switch (random.nextInt(3)) {
                    case 0 -> array.remove(index);
                    case 1 -> array.add(array.get(index).deepCopy());
                    default -> array.set(index, strange(random));
                }
                return "array element " + index;
            }
        }
    }

    private static JsonNode strange(final SplittableRandom random) {
        final JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.textNode("\u00e9");
            case 2 -> nodes.booleanNode(true);
            case 3 -> nodes.numberNode(1L << 60);
            case 4 -> nodes.numberNode(-1_000_000_000);
            case 5 -> nodes.numberNode(0.5);
            case 6 -> nodes.arrayNode();
            default -> nodes.objectNode();
        };
    }

    private static void collect(final JsonNode node, final List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}

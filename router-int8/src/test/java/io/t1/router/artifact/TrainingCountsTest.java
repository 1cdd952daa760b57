package io.t1.router.artifact;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.t1.router.generate.RandomTables;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TrainingCountsTest {
    private static final Schema SCHEMA = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(RouterArtifactJson.schema());
    private static final RouterArtifact TABLE = RandomTables.artifact(9, 4, 5, 0);
    private static final long ROWS = 160;

    @Test
    void areReadAsTheyWereWritten() throws RefusedArtifactException {
        final byte[] written = RouterArtifactJson.write(with(even()));
        assertEquals(even(), RouterArtifactJson.read(written).provenance().trainingCounts());
        assertArrayEquals(written, RouterArtifactJson.write(RouterArtifactJson.read(written)));
        assertEquals(List.of(), SCHEMA.validate(new String(written, StandardCharsets.UTF_8), InputFormat.JSON));
    }

    @Test
    void aTableWithoutThemIsAsItWas() throws RefusedArtifactException {
        final byte[] written = RouterArtifactJson.write(TABLE);
        assertFalse(new String(written, StandardCharsets.UTF_8).contains("training_counts"));
        assertEquals(Map.of(), RouterArtifactJson.read(written).provenance().trainingCounts());
    }

    @Test
    void mustBeOfTheTablesFeaturesAndRows() {
        final Map<String, List<Long>> foreign = even();
        foreign.put("humidity", even().get("entropy"));
        assertRefused(foreign, "$.provenance.training_counts.humidity", "isn't a feature");
        final Map<String, List<Long>> partial = even();
        partial.remove("query_length");
        assertRefused(partial, "$.provenance.training_counts.query_length", "missing");
        final Map<String, List<Long>> fewer = even();
        fewer.put("entropy", Collections.nCopies(16, 10L));
        assertRefused(fewer, "$.provenance.training_counts.entropy", "count=16");
        final Map<String, List<Long>> short1 = even();
        short1.put("entropy", changed(0, 9));
        assertRefused(short1, "$.provenance.training_counts.entropy", "sum=159 != train_rows=160");
        final Map<String, List<Long>> many = even();
        many.put("entropy", changed(0, Long.MAX_VALUE));
        assertRefused(many, "$.provenance.training_counts.entropy[0]", "not in 0..160");
        final Map<String, List<Long>> negative = even();
        negative.put("entropy", changed(3, -1));
        assertRefused(negative, "$.provenance.training_counts.entropy[3]", "not in 0..");
    }

    private static void assertRefused(final Map<String, List<Long>> counts, final String path, final String reason) {
        final var refused = assertThrows(RefusedArtifactException.class, () -> ArtifactChecks.check(with(counts)));
        assertEquals(path, refused.path());
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused.getMessage());
    }

    private static Map<String, List<Long>> even() {
        final Map<String, List<Long>> counts = new TreeMap<>();
        TABLE.featureNames().forEach(name -> counts.put(name, changed(16, 0)));
        return counts;
    }

    private static List<Long> changed(final int cell, final long count) {
        final List<Long> counts = new ArrayList<>(Collections.nCopies(Provenance.TRAINING_COUNTS, 10L));
        counts.set(16, 0L);
        counts.set(cell, count);
        return counts;
    }

    private static RouterArtifact with(final Map<String, List<Long>> counts) {
        return new RouterArtifact(
                TABLE.key(),
                TABLE.features(),
                TABLE.outputs(),
                TABLE.pairs(),
                TABLE.monotone(),
                TABLE.gate(),
                TABLE.frontier(),
                TABLE.baseline(),
                new Provenance("t", 1, ROWS, 0, List.of(), Map.of(), counts),
                TABLE.golden());
    }
}

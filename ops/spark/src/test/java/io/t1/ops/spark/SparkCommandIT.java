package io.t1.ops.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.ops.observation.ObservationWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkCommandIT {
    @TempDir
    private Path folder;

    @Test
    void saysNoMoreOnSparkThanWithout() throws Exception {
        final Path observations = folder.resolve("observations.parquet");
        new ObservationWriter(observations).write(KnownLaw.queries(1_000, 1));
        final Path table = folder.resolve("table.json");
        final SparkProcess run = SparkProcess.run(
                folder,
                "distil",
                observations.toString(),
                "--out",
                table.toString(),
                "--engine",
                "spark",
                "--spark-master",
                "local[2]",
                "--teachers",
                "1",
                "--pairs",
                "0",
                "--json");
        assertTrue(run.exitCode() == 0 || run.exitCode() == 1, () -> run.exitCode() + ": " + run.err());
        final List<String> lines = run.out().lines().toList();
        final JsonNode report = new ObjectMapper().readTree(lines.getLast());
        assertEquals(table.toString(), report.path("table").asText(), lines.getLast());
        assertEquals(1_000, report.path("queries").asInt(), lines.getLast());
        assertTrue(Files.exists(table));
        // nothing of Spark's or XGBoost's: neither in the report nor beside t1's own progress
        assertTrue(lines.getFirst().startsWith("1,000 queries from 3,000 rows of 1 file"), lines.getFirst());
        assertEquals(
                List.of(),
                run.err().stream().filter(line -> !line.startsWith("t1: ")).toList());
    }
}

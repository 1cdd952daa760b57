package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.ops.gate.FrontierFile;
import io.t1.ops.lab.TinyCorpus;
import io.t1.ops.observation.ObservationReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LabCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesRowsThatLearningReadsAndEndsWithOneJsonObject() throws IOException {
        final Path rows = folder.resolve("rows.parquet");
        final Path frontier = folder.resolve("frontier.json");
        assertEquals(0, run("--out", rows.toString(), "--frontier", frontier.toString(), "--json"), err.toString());
        final String[] lines = out.toString().strip().split("\n", -1);
        final JsonNode json = JsonMapper.builder().build().readTree(lines[lines.length - 1]);
        assertEquals(60, json.path("documents").asInt());
        assertEquals(24, json.path("summary").path("queries").asInt());
        assertTrue(json.path("summary").path("arms").path("full").path("ndcg10").asDouble() > 0, out.toString());
        assertTrue(out.toString().contains("FULL's mean gain by quintile of entropy"), out.toString());
        assertEquals(
                72,
                new ObservationReader(List.of())
                        .read(List.of(rows.toString()), Progress.NONE)
                        .rows());
        assertEquals(4, FrontierFile.read(frontier).size());
    }

    @Test
    void logsOneRowAQuery() throws IOException {
        final Path rows = folder.resolve("log.csv");
        assertEquals(0, run("--out", rows.toString(), "--log", "uniform"), err.toString());
        assertEquals(25, Files.readAllLines(rows).size());
    }

    @Test
    void refusesBadInputBeforeItWorks() throws IOException {
        assertEquals(2, run("--out", folder.resolve("rows.txt").toString()));
        assertTrue(err.toString().contains("rows.txt"), err.toString());
        assertEquals(2, run("--out", folder.resolve("rows.csv").toString(), "--log", "always"));
        assertEquals(2, run("--out", folder.resolve("rows.csv").toString(), "--rounds", "0"));
        assertEquals(2, run());
    }

    private int run(final String... more) throws IOException {
        final CommandLine line = T1.commandLine();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        final String[] standard = {
            "lab",
            "--corpus",
            TinyCorpus.write(folder.resolve("corpus")).toString(),
            "--cache",
            folder.resolve("cache").toString()
        };
        final String[] args = java.util.Arrays.copyOf(standard, standard.length + more.length);
        System.arraycopy(more, 0, args, standard.length, more.length);
        return line.execute(args);
    }
}

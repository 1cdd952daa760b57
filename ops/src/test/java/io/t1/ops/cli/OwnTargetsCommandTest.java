package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.ops.distil.SyntheticQueries;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.observation.ObservationWriter;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code t1 distil --targets own}, as a user sees it. */
class OwnTargetsCommandTest {
    private static final String HEADER = "query_id,entropy,query_length,tau,spend_cap_ms,min_conf_gain,weight\n";

    @TempDir
    private Path folder;

    /** Targets of a known additive law, and rows of weight 0 that contradict it. */
    private static String rows(final int count) {
        final SplittableRandom random = new SplittableRandom(5);
        final StringBuilder csv = new StringBuilder(HEADER);
        for (int q = 0; q < count; q++) {
            final double entropy = 2.3 * random.nextDouble();
            final int length = 1 + random.nextInt(20);
            final boolean counts = q % 10 != 9;
            csv.append(String.format(
                    Locale.ROOT,
                    "q%d,%.5f,%d,%.5f,%.5f,%.5f,%d%n",
                    q,
                    entropy,
                    length,
                    counts ? 0.2 + 0.3 * Math.tanh(entropy) + 0.02 * length : random.nextDouble(),
                    3 * Math.sqrt(entropy) + (length > 8 ? 2 : 0),
                    0.01,
                    counts ? 1 : 0));
        }
        return csv.toString();
    }

    @Test
    void followsTheColumnsWithAClosedGateThatGateThenOpens() throws Exception {
        final Path targets = Files.writeString(folder.resolve("targets.csv"), rows(1_500));
        final Path table = folder.resolve("table.json");
        final CapturedRun run = CapturedRun.of(
                "distil",
                targets.toString(),
                "--targets",
                "own",
                "--out",
                table.toString(),
                "--key",
                "docs/eu/en",
                "--json");
        assertEquals(ExitCode.DONE, run.exitCode(), run.err() + run.out());
        final JsonNode json =
                JsonMapper.builder().build().readTree(run.out().lines().toList().getLast());
        assertEquals("CLOSED", json.path("status").asText());
        assertEquals("INT8", json.at("/fidelity/3/step").asText(), run.out());
        assertTrue(json.at("/fidelity/3/r2_by_output/tau").asDouble() > 0.98, run.out());
        assertTrue(json.at("/fidelity/3/r2_by_output/spend_cap_ms").asDouble() > 0.98, run.out());
        assertTrue(json.at("/fidelity/3/r2_by_output/min_conf_gain").isMissingNode(), "it doesn't vary: " + run.out());
        assertEquals(0, json.at("/certificate/violations").asInt(-1), run.out());
        assertTrue(run.out().contains("next: t1 gate " + table + " OBS --out FILE"), run.out());
        final RouterArtifact written = ArtifactFile.read(table);
        assertEquals("docs/eu/en", written.key().toString());
        assertEquals("targets.csv", written.provenance().inputs().getFirst().name());
        assertEquals(
                json.at("/fidelity/3/r2_by_output/tau").asDouble(),
                written.provenance().metrics().getOrDefault("cross_fitted_r2_tau", 0.0));
        assertTrue(written.gate().thetaStar() > 2, "closed");

        final Path observations = folder.resolve("observations.parquet");
        new ObservationWriter(observations).write(SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 1_500, 2));
        final Path gated = folder.resolve("gated.json");
        final CapturedRun gate =
                CapturedRun.of("gate", table.toString(), observations.toString(), "--out", gated.toString());
        assertEquals(ExitCode.DONE, gate.exitCode(), gate.err() + gate.out());
        assertTrue(ArtifactFile.read(gated).gate().thetaStar() < 2, "open: gains rise with entropy here");
    }

    @ParameterizedTest
    @CsvSource({
        "again.parquet, FORMAT parquet",
        "again.csv.zst, 'FORMAT csv, COMPRESSION zstd'",
        "again.jsonl.gz, 'FORMAT json, COMPRESSION gzip'"
    })
    void anyFormatGivesTheSameTable(final String name, final String options) throws Exception {
        final Path csv = Files.writeString(folder.resolve("targets.csv"), rows(400));
        final Path again = folder.resolve(name);
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute("COPY (SELECT * FROM read_csv('" + csv + "')) TO '" + again + "' (" + options + ")");
        }
        final float[][] queries = RandomTables.features(1, distilled(csv), 64);
        final List<String> names = List.of("entropy", "query_length");
        final TableOutputs ofCsv = TableOutputs.of(distilled(csv), names, queries);
        final TableOutputs ofAgain = TableOutputs.of(distilled(again), names, queries);
        assertArrayEquals(ofCsv.tau(), ofAgain.tau());
        assertArrayEquals(ofCsv.spendCapMs(), ofAgain.spendCapMs());
    }

    private RouterArtifact distilled(final Path rows) {
        final Path table = folder.resolve("table.json");
        final CapturedRun run =
                CapturedRun.of("distil", rows.toString(), "--targets", "own", "--out", table.toString());
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        return ArtifactFile.read(table);
    }

    @ParameterizedTest
    @CsvSource({
        "'q,1,1,1.5,1,0.1,1', tau is missing or isn't in 0..1",
        "'q,1,1,,1,0.1,1', tau is missing or isn't in 0..1",
        "'q,1,1,high,1,0.1,1', tau isn't a number",
        "'q,1,1,0.5,-1,0.1,1', spend_cap_ms is missing or isn't in 0..3.6e6",
        "'q,1,1,0.5,Infinity,0.1,1', spend_cap_ms is missing or isn't in 0..3.6e6",
        "'q,1,1,0.5,1,NaN,1', min_conf_gain is missing or isn't in 0..1",
        "'q,1,1,0.5,1,0.1,-2', weight isn't in 0..1e9",
        "'q,1e31,1,0.5,1,0.1,1', a feature is infinite or beyond 1e30",
        "',1,1,0.5,1,0.1,1', 'query_id is missing, or the line is malformed'",
        "'q1,1,1,0.5,1,0.1,1', a query has targets twice",
    })
    void aRowThatCantBeUsedIsLeftOutByItsReasonUpToALimit(final String row, final String reason) throws IOException {
        final Path rejects = folder.resolve("rejects.jsonl");
        final Path targets = Files.writeString(folder.resolve("targets.csv"), rows(200) + row + "\n");
        final Path table = folder.resolve("table.json");
        final List<String> words = List.of(
                "distil", targets.toString(), "--targets", "own", "--out", table.toString(), "--rejects", rejects + "");
        final CapturedRun left = CapturedRun.of(words.toArray(new String[0]));
        assertEquals(ExitCode.DONE, left.exitCode(), left.err());
        assertTrue(left.out().contains("left out 1 rows: " + reason), left.out());
        assertTrue(Files.readString(rejects).contains(reason), Files.readString(rejects));
        Files.delete(table);

        Files.writeString(targets, rows(60) + row + "\n");
        final CapturedRun stopped = CapturedRun.of(words.toArray(new String[0]));
        assertEquals(ExitCode.BAD_INPUT, stopped.exitCode(), stopped.out());
        assertTrue(stopped.err().contains("bad rows=1 of 61 > 1 %"), stopped.err());
        assertFalse(Files.exists(table));
    }

    @Test
    void whatCantBeLearntFromIsToldInOneLineAndLeavesNoTable() throws IOException {
        final String good = rows(200);
        refused("lacks the columns tau, min_conf_gain", good.replace("tau", "t").replace("min_conf_gain", "m"));
        refused("queries=20 < 50", rows(20));
        refused("queries of weight above 0=0 < 50", good.replaceAll(",[01]\n", ",0\n"));
        refused(
                "neither tau, spend_cap_ms nor min_conf_gain varies over 200 queries",
                good.replaceAll("(?m)^(q\\d+,[^,]*,[^,]*),.*$", "$1,0.5,2,0.01,1"));
        refused("no feature varies", good.replaceAll("(?m)^(q\\d+),[^,]*,[^,]*", "$1,1,1"));
        refused("holds no rows", HEADER);
        refused("--price says nothing beside --targets own", good, "--price", "0.1");
        refused("--teachers says nothing beside --targets own", good, "--teachers", "3");
        refused("feature \"tau\" is a target or the weight", good, "--features", "entropy,tau");
        refused("isn't index/region/language", good, "--key", "docs");
        final Path targets = Files.writeString(folder.resolve("targets.csv"), good);
        final CapturedRun measured = CapturedRun.of(
                "distil",
                targets.toString(),
                "--out",
                folder.resolve("table.json").toString());
        assertEquals(ExitCode.BAD_INPUT, measured.exitCode(), measured.out());
        assertTrue(measured.err().contains("to learn these targets say --targets own"), measured.err());
    }

    private void refused(final String reason, final String rows, final String... more) throws IOException {
        final Path targets = Files.writeString(folder.resolve("targets.csv"), rows);
        final Path table = folder.resolve("table.json");
        final List<String> words =
                new ArrayList<>(List.of("distil", targets.toString(), "--targets", "own", "--out", table.toString()));
        words.addAll(List.of(more));
        final CapturedRun run = CapturedRun.of(words.toArray(new String[0]));
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.out());
        assertTrue(run.err().contains(reason), run.err());
        assertEquals(1, run.err().strip().lines().count(), run.err());
        assertFalse(Files.exists(table));
    }
}

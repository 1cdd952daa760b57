package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.GateSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitCommandTest {
    @TempDir
    private Path folder;

    /** Gains rise with a feature for one client and fall for the other, which no sum of curves can say. */
    @Test
    void writesATableForEachSliceBesideThatForAllWhereItPays() throws IOException {
        final Path rows = rows(2_100);
        final Path table = folder.resolve("table.json");
        final Path left = Files.writeString(folder.resolve("table.client-a.b.json"), "from before");
        final CapturedRun run = CapturedRun.of(
                "distil",
                rows.toString(),
                "--features",
                "nqc",
                "--split",
                "client",
                "--key",
                "docs/eu/en",
                "--teachers",
                "1",
                "--pairs",
                "0",
                "--out",
                table.toString(),
                "--json");
        assertTrue(run.exitCode() < ExitCode.BAD_INPUT, run.err());
        final JsonNode split = new ObjectMapper()
                .readTree(run.out().strip().lines().toList().getLast())
                .get("split");
        assertEquals("client", split.get("by").asText());
        assertTrue(split.get("pays").asBoolean() && split.get("lcb_pp").asDouble() > 0, run.out());
        assertTrue(split.get("gain_pp").asDouble() > split.get("lcb_pp").asDouble(), run.out());
        assertEquals(2, split.get("slices").size());
        for (final JsonNode slice : split.get("slices")) {
            final Path file = Path.of(slice.get("table").asText());
            assertEquals(
                    slice.get("key").asText(), ArtifactFile.read(file).key().toString());
            assertTrue(slice.get("queries").asInt() >= 1_000, run.out());
        }
        assertEquals(
                "docs.client-phone/eu/en", split.at("/slices/0/key").asText().replace("web", "phone"));
        assertTrue(Files.exists(folder.resolve("table.client-web.json")));
        assertEquals("docs/eu/en", ArtifactFile.read(table).key().toString());
        assertEquals("from before", Files.readString(left), "a file of another name isn't touched");
    }

    @Test
    void aGateIsSetOnAllTablesOfASplitByOneBarAndOnNoneAlone() throws IOException {
        final Path table = folder.resolve("table.json");
        final CapturedRun distilled = CapturedRun.of(
                "distil",
                rows(2_100).toString(),
                "--features",
                "nqc",
                "--split",
                "client",
                "--teachers",
                "1",
                "--pairs",
                "0",
                "--out",
                table.toString());
        assertTrue(distilled.exitCode() < ExitCode.BAD_INPUT, distilled.err());
        final String phone = folder.resolve("table.client-phone.json").toString();
        final String web = folder.resolve("table.client-web.json").toString();
        final String rows = rows(1_500).toString();
        final Path out = folder.resolve("gated.json");

        final CapturedRun run = CapturedRun.of(
                "gate", table.toString(), web, phone, rows, "--budget-mean", "0.3", "--out", out.toString(), "--json");
        assertEquals(ExitCode.DONE, run.exitCode(), run.err() + run.out());
        final JsonNode said =
                new ObjectMapper().readTree(run.out().strip().lines().toList().getLast());
        assertTrue(said.at("/spending/cost_share").asDouble() < 0.32, run.out());
        // what the tables of both slices know, and the one for all doesn't
        assertTrue(said.at("/spending/over_best_random/lower_bound").asDouble() > 0.02, run.out());
        final GateSpec gate = ArtifactFile.read(out).gate();
        assertEquals(2, said.get("slices").size());
        for (final JsonNode slice : said.get("slices")) {
            final GateSpec own =
                    ArtifactFile.read(Path.of(slice.get("table").asText())).gate();
            assertEquals(slice.get("theta_star").floatValue(), own.thetaStar());
            assertEquals(gate.thetaStar() + gate.tauMean(), own.thetaStar() + own.tauMean(), 1e-5f, "one bar");
        }
        assertTrue(Files.exists(folder.resolve("gated.client-web.json")), run.out());
        assertTrue(run.out().contains("gate of default.client-web/global/any: theta_star"), run.out());

        final Path none = folder.resolve("none.json");
        final String alone = refusal(none, table.toString(), rows);
        assertTrue(alone.contains("tables of slices=0, its split has 2"), alone);
        assertTrue(alone.contains("t1 gate " + table + " " + folder.resolve("table.*.json") + " OBS"), alone);
        assertTrue(refusal(none, table.toString(), web, rows).contains("slices=1, its split has 2"));
        assertTrue(refusal(none, web, rows).contains("a slice's table of a split"));
        assertTrue(refusal(none, table.toString(), web, web, rows).contains("slices=1, its split has 2"));
        assertTrue(refusal(none, table.toString(), web, table.toString(), rows).contains("no slice's table"));
        assertTrue(refusal(none, table.toString(), web, phone).contains("no observations after the tables"));
    }

    private static String refusal(final Path out, final String... words) {
        final List<String> all = new ArrayList<>(List.of("gate"));
        all.addAll(List.of(words));
        all.addAll(List.of("--out", out.toString()));
        final CapturedRun run = CapturedRun.of(all.toArray(new String[0]));
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.out());
        assertEquals(1, run.err().strip().lines().count(), run.err());
        assertFalse(Files.exists(out));
        return run.err();
    }

    @Test
    void saysWhatItCannotBeSplitBy() throws IOException {
        final Path rows = rows(100);
        refused(rows, "nqc", "--split nqc: that is a feature of numbers");
        refused(rows, "words", "lacks the column words");
        refused(rows, "length", "--split length: no feature query_length among nqc");
    }

    private void refused(final Path rows, final String by, final String reason) {
        final Path out = folder.resolve("none.json");
        final CapturedRun run = CapturedRun.of(
                "distil",
                rows.toString(),
                "--features",
                "nqc",
                "--split",
                by,
                "--teachers",
                "1",
                "--out",
                out.toString());
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.out());
        assertTrue(run.err().contains(reason), run.err());
        assertFalse(Files.exists(out));
    }

    private Path rows(final int count) throws IOException {
        final SplittableRandom random = new SplittableRandom(3);
        final List<String> lines = new ArrayList<>(List.of("query_id,arm,client,nqc,latency_us,ndcg10"));
        for (int i = 0; i < count; i++) {
            final boolean phone = i % 2 == 0;
            final float nqc = (float) random.nextDouble();
            final double gain = random.nextDouble() < (phone ? nqc : 1 - nqc) ? 0.2 + 0.3 * random.nextDouble() : 0;
            final String features = (phone ? "phone," : "web,") + nqc;
            lines.add("q" + i + ",SKIP," + features + ",200,0.3");
            lines.add("q" + i + ",CHEAP," + features + ",1500," + (0.3 + gain / 3));
            lines.add("q" + i + ",FULL," + features + "," + (3_000 + random.nextInt(200)) + "," + (0.3 + gain));
        }
        return Files.write(folder.resolve("rows-" + count + ".csv"), lines);
    }
}

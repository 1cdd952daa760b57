package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A column of text from observations to a decision, as a user goes. */
class CategoricalFeaturesTest {
    private static final String[] CLIENTS = {"phone", "it's a, \"quoted\" one", "日本語", "rare"};

    @TempDir
    private Path folder;

    @Test
    void aTextColumnDecidesWhatIsSpent() throws IOException {
        final Path rows = write("rows.csv", queries(800));
        final Path table = folder.resolve("table.json");
        final CapturedRun distilled = distil(rows, table);
        assertTrue(distilled.exitCode() < ExitCode.BAD_INPUT, distilled.err());
        final RouterArtifact artifact = ArtifactFile.read(table);
        final FeatureSpec client = artifact.features().get(1);
        assertEquals(
                List.of(CLIENTS).subList(0, 3).stream().sorted().toList(),
                client.categories().stream().sorted().toList());
        final double phone = score(table, "phone");
        assertTrue(phone > score(table, "日本語") + 0.2, "phone " + phone);
        assertEquals(score(table, "rare"), score(table, "never seen"));
        assertEquals(score(table, "rare"), score(table, ""));

        final CapturedRun explained = explain(table, "phone");
        assertTrue(explained.out().contains("client phone"), explained.out());
        assertTrue(explain(table, "never seen").out().contains("client (other)"));
        assertTrue(CapturedRun.of(
                                "plot",
                                table.toString(),
                                "--out",
                                folder.resolve("p").toString())
                        .exitCode()
                == 0);
        final String svg = Files.readString(folder.resolve("p/score-by-client.svg"));
        assertTrue(svg.contains("<title>phone: ") && svg.contains("(other)"), svg);
        final CapturedRun profiled =
                CapturedRun.of("observations", "profile", rows.toString(), "--table", table.toString(), "--json");
        assertEquals(ExitCode.DONE, profiled.exitCode(), profiled.err());
        final JsonNode found = new ObjectMapper().readTree(profiled.out()).at("/features/1");
        assertEquals(40, found.at("/categories/(other)").asInt(), profiled.out());
        assertTrue(found.at("/mean").isNull(), profiled.out());
        assertEquals(
                "STABLE",
                new ObjectMapper()
                        .readTree(profiled.out())
                        .at("/drift/1/outcome")
                        .asText());
        final CapturedRun gated = CapturedRun.of(
                "gate",
                table.toString(),
                rows.toString(),
                "--out",
                folder.resolve("gated.json").toString());
        assertTrue(gated.exitCode() < ExitCode.BAD_INPUT, gated.err());
    }

    /** What queries gained is dealt out anew: the encoding stays, since it never looked. */
    @Test
    void theEncodingDoesNotKnowWhatQueriesGained() throws IOException {
        final List<String> queries = queries(300);
        final Path plain = folder.resolve("plain.json");
        assertTrue(distil(write("plain.csv", queries), plain).exitCode() < ExitCode.BAD_INPUT);
        final List<String> gains = new ArrayList<>();
        queries.forEach(row -> gains.add(row.substring(row.lastIndexOf(",0") + 1)));
        Collections.shuffle(gains, new Random(4));
        final List<String> permuted = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            final String row = queries.get(i);
            permuted.add(row.substring(0, row.lastIndexOf(",0") + 1) + gains.get(i));
        }
        final Path other = folder.resolve("other.json");
        assertTrue(distil(write("other.csv", permuted), other).exitCode() < ExitCode.BAD_INPUT);
        final FeatureSpec one = ArtifactFile.read(plain).features().get(1);
        final FeatureSpec two = ArtifactFile.read(other).features().get(1);
        assertEquals(one.categories(), two.categories());
        assertTrue(java.util.Arrays.equals(one.knots(), two.knots()));
        assertFalse(java.util.Arrays.equals(Files.readAllBytes(plain), Files.readAllBytes(other)), "nothing was dealt");
        final Path again = folder.resolve("again.json");
        distil(folder.resolve("plain.csv"), again);
        assertTrue(java.util.Arrays.equals(Files.readAllBytes(plain), Files.readAllBytes(again)));
    }

    @Test
    void tellsApartTheFifteenMostFrequentAndCallsTheRestOther() throws IOException {
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < 20 * 60; i++) {
            final int client = i % 20;
            if (i >= 20 * 50 && client < 3) {
                continue; // 0 to 2 are the least frequent, the others equally frequent
            }
            rows.addAll(query(i, "client-" + (char) ('a' + client), 0.1 + i % 7 * 0.1));
        }
        final Path file = write("twenty.csv", rows);
        final CapturedRun profiled = CapturedRun.of(
                "observations", "profile", file.toString(), "--features", "nqc,client:categorical", "--json");
        assertEquals(ExitCode.DONE, profiled.exitCode(), profiled.err());
        final JsonNode categories = new ObjectMapper().readTree(profiled.out()).at("/features/1/categories");
        assertEquals(16, categories.size());
        assertTrue(categories.has("client-d") && categories.has("client-r"), categories.toString());
        assertFalse(categories.has("client-a") || categories.has("client-s"), categories.toString());
        assertEquals(2 * 60 + 3 * 50, categories.get("(other)").asInt());
    }

    @Test
    void saysWhatToDoWithWhatIsNoCategory() throws IOException {
        final Path rows = write("rows.csv", queries(60));
        refused(rows, "nqc,client", "client isn't a number (text is a feature as client:categorical)");
        refused(rows, "nqc,client:text", "isn't a column's name, or one with :categorical behind it");
        refused(rows, "nqc,entropy:categorical", "categories have no order");
        refused(rows, "nqc,query_id:categorical", "known only after the decision, or says nothing of the query");
        refused(rows, "client,client:categorical", "one column twice");
        refused(rows, "nqc,words:categorical", "lacks the column words");
        final List<String> unique = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            unique.addAll(query(i, "text " + i, 0.5));
        }
        refused(write("unique.csv", unique), "nqc,client:categorical", "no category of column client has 150 rows");
    }

    private void refused(final Path rows, final String features, final String reason) {
        final Path out = folder.resolve("none.json");
        final CapturedRun run = CapturedRun.of(
                "distil", rows.toString(), "--features", features, "--out", out.toString(), "--teachers", "1");
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.out());
        assertTrue(run.err().contains(reason), run.err());
        assertFalse(Files.exists(out));
    }

    private static CapturedRun distil(final Path rows, final Path table) {
        return CapturedRun.of(
                "distil",
                rows.toString(),
                "--features",
                "nqc,client:categorical",
                "--out",
                table.toString(),
                "--teachers",
                "1",
                "--pairs",
                "0");
    }

    private static CapturedRun explain(final Path table, final String client) {
        return CapturedRun.of("explain", table.toString(), "--features", "nqc=0.5,client=" + client);
    }

    private static double score(final Path table, final String client) throws IOException {
        final CapturedRun run =
                CapturedRun.of("explain", table.toString(), "--features", "nqc=0.5,client=" + client, "--json");
        assertEquals(ExitCode.DONE, run.exitCode(), run.err());
        return new ObjectMapper().readTree(run.out()).get("score").asDouble();
    }

    /** FULL helps three in four queries of a phone, one in four of others. */
    private static List<String> queries(final int count) {
        final SplittableRandom random = new SplittableRandom(8);
        final List<String> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            final String client = i % 20 == 0 ? "rare" : CLIENTS[i % 3];
            final boolean helped = random.nextInt(4) < (client.equals("phone") ? 3 : 1);
            rows.addAll(query(i, client, helped ? 0.3 + 0.4 * random.nextDouble() : 0));
        }
        return rows;
    }

    private static List<String> query(final int i, final String client, final double gain) {
        final String features = "\"" + client.replace("\"", "\"\"") + "\"," + i % 11 / 10.0;
        return List.of(
                "q" + i + ",SKIP," + features + ",200,0.2",
                "q" + i + ",CHEAP," + features + ",1500," + (0.2 + gain / 2),
                "q" + i + ",FULL," + features + ",3200," + (0.2 + gain));
    }

    private Path write(final String name, final List<String> rows) throws IOException {
        final List<String> lines = new ArrayList<>(List.of("query_id,arm,client,nqc,latency_us,ndcg10"));
        lines.addAll(rows);
        return Files.write(folder.resolve(name), lines);
    }
}

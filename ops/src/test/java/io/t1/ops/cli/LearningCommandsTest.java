package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.codec.Arm;
import io.t1.ops.distil.Distiller;
import io.t1.ops.distil.SyntheticQueries;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.RouterArtifact;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class LearningCommandsTest {
    @TempDir
    private Path folder;

    private record Run(int exitCode, String out, String err) {
        JsonNode json() throws IOException {
            return new ObjectMapper().readTree(out.strip().lines().toList().getLast());
        }
    }

    @Test
    void distilsATableAndSetsItsGateOnOtherRows() throws IOException {
        final Path training = rows("training.csv", SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 900, 1));
        final Path validation = rows("validation.csv", SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 900, 2));
        final Path table = folder.resolve("table.json");
        final Run distilled = run(
                "distil",
                training,
                "--out",
                table,
                "--key",
                "docs/eu/en",
                "--teachers",
                "3",
                "--shapes",
                folder.resolve("shapes.json"),
                "--json");
        // 900 queries show a gain, but not that less than 0.05 points are lost against the teacher
        final boolean accepted = distilled.json().at("/no_regret/passed").asBoolean();
        assertEquals(
                accepted ? ExitCode.DONE : ExitCode.CHECK_FAILED, distilled.exitCode, distilled.err + distilled.out);
        assertEquals(
                accepted ? "ACCEPTED" : "REJECTED",
                distilled.json().get("status").asText());
        assertTrue(distilled.json().at("/no_regret/lcb_pp").isNumber(), distilled.out);
        assertEquals(6, distilled.json().get("fidelity").size());
        assertEquals("PAIRS", distilled.json().at("/fidelity/5/step").asText());
        assertTrue(distilled.json().at("/pairs/shipped").isBoolean(), distilled.out);
        assertEquals(3, distilled.json().get("teachers").size());
        assertTrue(distilled.json().at("/additivity/cost/lo").isNumber(), distilled.out);
        assertTrue(distilled.json().at("/calibration/null_mean").asDouble() > 0, distilled.out);
        assertEquals(0.01, distilled.json().at("/calibration/limit").asDouble(), distilled.out);
        assertEquals("INT8", distilled.json().at("/fidelity/4/step").asText());
        assertTrue(distilled.json().at("/fidelity/4/r2").asDouble() > 0.5, distilled.out);
        assertEquals(80, distilled.json().at("/certificate/checked").asInt());
        assertEquals(0, distilled.json().at("/certificate/violations").asInt());
        assertTrue(distilled.json().at("/policies/teacher/ndcg10").asDouble() > 0, distilled.out);
        assertTrue(
                distilled.json().at("/policies/logistic_regression/t1_minus/lo").isNumber(), distilled.out);
        assertTrue(distilled.out.contains("PASSED: 900 queries"), distilled.out);
        assertTrue(distilled.out.contains("best random mixture"), distilled.out);
        assertEquals("PASSED", distilled.json().get("verdict").asText());
        assertTrue(distilled.json().at("/spending/gain_share").asDouble() > 0.5, distilled.out);
        assertTrue(distilled.json().at("/constraint/binds").asBoolean(), distilled.out);
        final RouterArtifact artifact = ArtifactFile.read(table);
        assertEquals("docs/eu/en", artifact.key().toString());
        assertEquals(!accepted, artifact.provenance().metrics().containsKey(Distiller.REJECTED));
        assertEquals("training.csv", artifact.provenance().inputs().getFirst().name());

        final Path curves = folder.resolve("curves");
        final Run plotted = run("plot", table, "--shapes", folder.resolve("shapes.json"), "--out", curves);
        assertEquals(ExitCode.DONE, plotted.exitCode, plotted.err);
        assertTrue(Files.readString(curves.resolve("index.html")).contains("before rounding"), plotted.out);
        assertTrue(Files.exists(curves.resolve("tau-by-entropy.svg")), plotted.out);

        final Run explained = run("explain", table, "--features", "entropy=2.5", "--json");
        assertEquals(ExitCode.DONE, explained.exitCode, explained.err);
        assertEquals("tau", explained.json().at("/outputs/0/output").asText());
        assertEquals(
                artifact.featureNames().getFirst(),
                explained.json().at("/outputs/0/contributions/0/term").asText());
        final Run unknown = run("explain", table, "--features", "entropi=2.5");
        assertEquals(ExitCode.BAD_INPUT, unknown.exitCode, unknown.out);
        assertTrue(unknown.err.contains("--features entropi: the table has entropy"), unknown.err);

        final byte[] before = Files.readAllBytes(table);
        final Path gated = folder.resolve("gated.json");
        final Run gate = run("gate", table, validation, "--out", gated, "--budget-mean", "0.3", "--json");
        assertEquals(ExitCode.DONE, gate.exitCode, gate.err + gate.out);
        assertEquals(21, gate.json().get("sweep").size());
        assertFalse(gate.json().get("in_sample").asBoolean());
        assertTrue(gate.json().at("/spending/cost_share").asDouble() < 0.32, gate.out);
        assertTrue(ArtifactFile.read(gated).gate().thetaStar() > artifact.gate().thetaStar(), "less is spent");
        assertArrayEquals(before, Files.readAllBytes(table));

        final Run lift =
                run("gate", table, validation, "--out", gated, "--budget-p95-lift", "0.5", "--baseline-p95", "3.0");
        assertTrue(lift.out.contains("p95 ms: SKIP"), lift.err + lift.out);
        assertTrue(lift.out.contains("baseline 3.00, declared"), lift.out);

        final Run again = run("gate", table, training, "--out", gated, "--json");
        assertTrue(again.json().get("in_sample").asBoolean(), again.out);
    }

    @Test
    void profilesRowsAndSaysWhenAFeatureHasDrifted() throws IOException {
        final MeasuredQueries learnt = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 900, 1);
        final Path training = rows("training.csv", learnt);
        final Path same = rows("same.csv", SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 900, 2));
        final Path table = folder.resolve("table.json");
        run("distil", training, "--out", table);
        final RouterArtifact artifact = ArtifactFile.read(table);
        final Path page = folder.resolve("drift.html");
        final Run stable = run("observations", "profile", same, "--table", table, "--html", page, "--json");
        assertEquals(ExitCode.DONE, stable.exitCode, stable.err + stable.out);
        assertEquals(900, stable.json().get("queries").asLong());
        assertEquals(900, stable.json().get("full_information").asLong());
        assertEquals(artifact.featureNames().size(), stable.json().get("drift").size());
        assertTrue(stable.json().at("/drift/0/psi").asDouble() < 0.1, stable.out);
        assertTrue(Files.readString(page).contains("<svg"), "a page with plots");

        learnt.queries().forEach(query -> query.features()[0] += 3);
        final Path moved = rows("moved.csv", learnt);
        final Run drifted = run("observations", "profile", moved, "--table", table);
        assertEquals(ExitCode.CHECK_FAILED, drifted.exitCode, drifted.err + drifted.out);
        assertTrue(drifted.out.contains("DRIFTED"), drifted.out);

        final Run alone = run("observations", "profile", moved);
        assertEquals(ExitCode.DONE, alone.exitCode, alone.err);
        assertTrue(alone.out.contains("900 queries, 900 of them measured under every arm"), alone.out);
        assertRefused(
                "the table names its features",
                "observations",
                "profile",
                moved,
                "--table",
                table,
                "--features",
                "entropy");
    }

    @Test
    void ofNoiseItSaysHowManyQueriesAreNeededAndExitsWithOne() throws IOException {
        final Path noise = rows("noise.csv", SyntheticQueries.of(SyntheticQueries.Signal.NONE, 225, 3));
        final Path table = folder.resolve("closed.json");
        final Run run = run("distil", noise, "--out", table, "--teachers", "1", "--json");
        assertEquals(ExitCode.CHECK_FAILED, run.exitCode, run.err);
        assertTrue(run.out.contains("INCONCLUSIVE: 225 queries, about"), run.out);
        assertEquals("INCONCLUSIVE", run.json().get("verdict").asText());
        assertTrue(run.json().get("queries_needed").asLong() > 225);
        assertTrue(ArtifactFile.read(table).gate().thetaStar() > 2);
    }

    @Test
    void badInputIsToldInOneLineAndLeavesNoFile() throws IOException {
        final Path rows = rows("rows.csv", SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 10, 1));
        final Path table = folder.resolve("none.json");
        assertRefused("queries=10 < 50", "distil", rows, "--out", table);
        assertRefused("no such file", "distil", folder.resolve("absent.csv"), "--out", table);
        assertRefused("lacks the column", "distil", rows, "--out", table, "--features", "no_such_column");
        assertRefused("budget share=1.5", "distil", rows, "--out", table, "--budget-mean", "1.5");
        assertRefused("teachers=0 not in 1..60", "distil", rows, "--out", table, "--teachers", "0");
        assertRefused("price=-1.0", "distil", rows, "--out", table, "--price", "-1");
        assertRefused("isn't index/region/language", "distil", rows, "--out", table, "--key", "docs");
        assertRefused("make it first", "distil", rows, "--out", folder.resolve("no/such/table.json"));
        final Path frontier = Files.writeString(
                folder.resolve("frontier.json"),
                "[{\"arm\":\"CHEAP\",\"ef\":0,\"topk\":20,\"rerank_depth\":20,\"p95_cost_ms\":-1}]");
        assertRefused("p95_cost_ms=-1", "distil", rows, "--out", table, "--frontier", frontier);
        assertRefused("not JSON", "gate", table("broken"), rows, "--out", table);
        assertRefused("no such file; t1 distil writes one", "gate", table, rows, "--out", table);
        assertRefused(
                "mutually exclusive",
                "gate",
                rows,
                rows,
                "--out",
                table,
                "--budget-mean",
                "1",
                "--budget-p95-lift",
                "1");
    }

    private Path table(final String content) throws IOException {
        return Files.writeString(folder.resolve("broken.json"), content);
    }

    private void assertRefused(final String reason, final Object... arguments) {
        final Run run = run(arguments);
        assertEquals(ExitCode.BAD_INPUT, run.exitCode, run.err + run.out);
        assertTrue(run.err.contains(reason) || reason.equals("not JSON"), run.err);
        assertFalse(Files.exists(folder.resolve("none.json")), "no partial output");
    }

    private static Run run(final Object... arguments) {
        final CommandLine line = T1.commandLine();
        final StringWriter out = new StringWriter();
        final StringWriter err = new StringWriter();
        line.setOut(new PrintWriter(out));
        line.setErr(new PrintWriter(err));
        final String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        return new Run(line.execute(texts), out.toString(), err.toString());
    }

    private Path rows(final String name, final MeasuredQueries measured) throws IOException {
        final StringBuilder csv = new StringBuilder("query_id,arm,slice,ndcg10,latency_us");
        measured.featureNames().forEach(feature -> csv.append(',').append(feature));
        for (final MeasuredQuery query : measured.queries()) {
            for (final Arm arm : List.of(Arm.FULL, Arm.SKIP, Arm.CHEAP)) {
                csv.append('\n')
                        .append(query.queryId())
                        .append(',')
                        .append(arm)
                        .append(',')
                        .append(query.slice());
                csv.append(',').append(query.ndcg10()[arm.code()]);
                csv.append(',').append(query.latencyMicros()[arm.code()]);
                for (final float feature : query.features()) {
                    csv.append(',').append(feature);
                }
            }
        }
        return Files.writeString(folder.resolve(name), csv.append('\n'));
    }
}

package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.ops.distil.SyntheticQueries;
import io.t1.ops.gate.ArtifactFile;
import io.t1.ops.lab.LoggingPolicy;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.ObservationWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code t1 distil} of a log, as a user sees it. */
class LoggedRowsCommandTest {
    @TempDir
    private Path folder;

    private Path log(final String name, final int count) {
        final MeasuredQueries measured = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, count, 3);
        final List<LoggedQuery> log = LoggingPolicy.UNIFORM.log(measured, 1);
        final Path file = folder.resolve(name);
        new ObservationWriter(file).writeLogged(measured.featureNames(), log);
        return file;
    }

    @Test
    void saysWhatTheLogCanTellAndWhatItCant() throws Exception {
        final Path table = folder.resolve("table.json");
        final CapturedRun run = CapturedRun.of(
                "distil",
                log("log.parquet", 1_200).toString(),
                "--out",
                table.toString(),
                "--teachers",
                "2",
                "--pairs",
                "1",
                "--explore",
                "0.3",
                "--json");
        assertTrue(run.exitCode() <= ExitCode.CHECK_FAILED, run.err());
        final JsonNode json =
                JsonMapper.builder().build().readTree(run.out().lines().toList().getLast());
        assertTrue(json.at("/spending/off_policy/answered").asBoolean(), run.out());
        assertEquals(1.0 / 3, json.at("/spending/off_policy/ess_over_n").asDouble(), 0.05);
        assertTrue(json.at("/spending/bound_gain_share").isNull(), run.out());
        assertTrue(json.path("auc").isNull(), run.out());
        assertTrue(json.at("/policies/logistic_regression").isMissingNode(), run.out());
        assertTrue(json.at("/policies/random_mixture/t1_minus/lo").isNumber(), run.out());
        assertTrue(run.out().contains("1,200 queries of a log, one arm each, from 1,200 rows"), run.out());
        assertTrue(run.out().contains("off-policy, from one arm a query, doubly robust: effective sample"), run.out());
        assertFalse(run.out().contains("NaN"), run.out());
        assertEquals(0.1f, ArtifactFile.read(table).gate().epsilon()[1], 1e-6f);
    }

    @Test
    void rowsWithoutAChanceAreBadRows() throws Exception {
        final Path rejects = folder.resolve("rejects.jsonl");
        final List<String> lines = new ArrayList<>(Files.readAllLines(log("log.csv", 600)));
        final int propensity = List.of(lines.getFirst().split(",", -1)).indexOf("propensity");
        lines.set(3, with(lines.get(3), propensity, ""));
        lines.set(5, with(lines.get(5), propensity, "0"));
        lines.set(7, with(lines.get(7), propensity, "1.5"));
        final Path file = Files.write(folder.resolve("bad.csv"), lines);
        final CapturedRun run = CapturedRun.of(
                "distil",
                file.toString(),
                "--out",
                folder.resolve("table.json").toString(),
                "--teachers",
                "1",
                "--pairs",
                "0",
                "--rejects",
                rejects.toString());
        assertTrue(run.exitCode() <= ExitCode.CHECK_FAILED, run.err());
        assertTrue(run.out().contains("left out 1 rows: propensity is missing in a log"), run.out());
        assertTrue(run.out().contains("left out 2 rows: propensity isn't above 0 and at most 1"), run.out());
        assertEquals(3, Files.readAllLines(rejects).size());
    }

    @Test
    void whatCantBeLearntFromIsToldInOneLineAndLeavesNoTable() throws IOException {
        final List<String> lines = Files.readAllLines(log("log.csv", 200));
        refused("one arm only (logged rows)", without(lines, ",0.333"), "distil");
        refused("queries=20 < 50", String.join("\n", lines.subList(0, 21)), "distil");
        refused(
                "a log with 0 of",
                String.join(
                        "\n",
                        lines.stream().filter(line -> !line.contains(",CHEAP,")).toList()),
                "distil");
        refused(
                "have the same ndcg10=0.5",
                String.join("\n", lines).replaceAll("(natural-language|keyword),[^,]*,", "$1,0.5,"),
                "distil");
        refused("--explore 2.0 not in 0..1", String.join("\n", lines), "distil", "--explore", "2");
    }

    @Test
    void aGateIsSetOnALogAndSaysThatItIs() throws Exception {
        final Path table = folder.resolve("table.json");
        CapturedRun.of("distil", log("log.parquet", 1_200).toString(), "--out", table.toString(), "--teachers", "1");
        final Path out = folder.resolve("gated.json");
        final CapturedRun run = CapturedRun.of(
                "gate", table.toString(), log("other.parquet", 1_500).toString(), "--out", out.toString(), "--json");
        assertTrue(run.exitCode() <= ExitCode.CHECK_FAILED, run.err());
        final JsonNode json =
                JsonMapper.builder().build().readTree(run.out().lines().toList().getLast());
        assertTrue(json.path("off_policy").asBoolean(), run.out());
        assertTrue(json.at("/spending/off_policy/answered").asBoolean(), run.out());
        assertTrue(json.at("/spending/bound_gain_share").isNull(), run.out());
        assertTrue(json.at("/spending/over_best_random/lo").isNumber(), run.out());
        assertTrue(run.out().contains("1,500 queries of a log, one arm each, from 1,500 rows"), run.out());
        assertTrue(run.out().contains("what follows is estimated off-policy"), run.out());
        assertFalse(run.out().contains("NaN"), run.out());
        assertEquals(
                json.path("theta_star").floatValue(),
                ArtifactFile.read(out).gate().thetaStar());

        final Path few = folder.resolve("few.json");
        final CapturedRun tooFew =
                CapturedRun.of("gate", table.toString(), log("few.parquet", 100).toString(), "--out", few.toString());
        assertEquals(ExitCode.BAD_INPUT, tooFew.exitCode(), tooFew.out());
        assertTrue(tooFew.err().contains("too few to tell what it gives"), tooFew.err());
        assertEquals(1, tooFew.err().strip().lines().count(), tooFew.err());
        assertFalse(Files.exists(few));
    }

    private static String without(final List<String> lines, final String beginning) {
        return String.join("\n", lines).replaceAll("(?m)" + beginning + "\\d*$", ",");
    }

    private static String with(final String line, final int column, final String value) {
        final String[] cells = line.split(",", -1);
        cells[column] = value;
        return String.join(",", cells);
    }

    private void refused(final String reason, final String rows, final String command, final String... more)
            throws IOException {
        final Path file = Files.writeString(folder.resolve("rows.csv"), rows + "\n");
        final Path table = folder.resolve("none.json");
        final List<String> words = new ArrayList<>(List.of(command, file.toString(), "--out", table.toString()));
        words.addAll(List.of(more));
        final CapturedRun run = CapturedRun.of(words.toArray(new String[0]));
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), reason + ": " + run.out() + run.err());
        assertTrue(run.err().contains(reason), run.err());
        assertEquals(1, run.err().strip().lines().count(), run.err());
        assertFalse(Files.exists(table));
    }
}

package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.Decision;
import io.t1.codec.client.OutcomeReport;
import io.t1.codec.client.T1Client;
import io.t1.ops.distil.Distiller;
import io.t1.ops.distil.SyntheticQueries;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.ObservationWriter;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a running sidecar, against a real one. */
class SidecarCommandsIT {
    @TempDir
    Path folder;

    private Sidecar sidecar;
    private String socket;

    @BeforeEach
    void start() throws Exception {
        final Path path = folder.resolve("t1.sock");
        socket = path.toString();
        sidecar = Sidecar.start(
                new SidecarContext().data(folder.resolve("data")).socket(path).httpPort(0));
    }

    @AfterEach
    void stop() {
        sidecar.close();
    }

    @Test
    void exportsWhatNodesReportedAsLoggedObservations() throws Exception {
        final RouterArtifact artifact = RandomTables.artifact(1, 4, 5, 0);
        json("publish", written("table.json", artifact).toString());
        final float[] features = {2.1f, 7, 0.8f, 0.1f};
        try (T1Client node = T1Client.connect(new ClientContext()
                .socketPath(Path.of(socket))
                .tableKey(artifact.key())
                .features(artifact.featureNames()))) {
            assertTrue(node.awaitReady(TimeUnit.SECONDS.toNanos(10)), node.lastError());
            final Decision decision = new Decision();
            final OutcomeReport report = new OutcomeReport();
            for (int q = 0; q < 30; q++) {
                node.decide(features, decision);
                if (q < 20) {
                    report.of(decision.decisionId()).latencyMicros(1_500).ndcg(0.25f);
                    assertTrue(node.outcome(q < 19 ? report.topTen("a\nb") : report.ndcg(Float.NaN)), node.lastError());
                }
            }
        }
        final Path out = folder.resolve("logged.parquet");
        JsonNode exported = null;
        final long begun = System.nanoTime();
        while (exported == null && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(20)) {
            final CapturedRun run = CapturedRun.of(
                    "observations", "export", folder.resolve("data").toString(), "--out", out.toString(), "--json");
            // the journal is written behind the decisions
            final JsonNode line = run.exitCode() == ExitCode.DONE ? parsed(run.out()) : null;
            exported = line != null
                            && line.path("outcomes").asLong() == 20
                            && line.path("decisions").asLong() == 30
                    ? line
                    : null;
        }
        assertNotNull(exported, "30 decisions and 20 outcomes didn't reach the journal within 20 s");
        assertEquals(19, exported.path("rows").asLong(), exported.toString());
        assertEquals(10, exported.at("/left_out/without an outcome").asLong(), exported.toString());
        assertEquals(
                1, exported.at("/left_out/its outcome lacks nDCG or latency").asLong(), exported.toString());
        final JsonNode profile = parsed(CapturedRun.of("observations", "profile", out.toString(), "--json")
                .out());
        assertEquals(19, profile.path("logged").asLong(), profile.toString());
        assertEquals(2.1, profile.at("/features/0/median").asDouble(), 0.2, profile.toString());
    }

    @Test
    void publishDecideListRollBackAndActivateAsAUserWould() throws Exception {
        final Path first = written("first.json", RandomTables.artifact(1, 4, 5, 0));
        final Path second = written("second.json", RandomTables.artifact(2, 4, 5, 2));
        final String key = RandomTables.artifact(1, 4, 5, 0).key().toString();

        assertEquals(1, json("publish", first.toString()).path("table_version").asLong());
        assertEquals(2, json("publish", second.toString()).path("table_version").asLong());
        assertEquals(2, json("publish", second.toString()).path("table_version").asLong(), "the same content");

        final JsonNode decision = json(
                "decide", "--key", key, "--features", "entropy=2.1,query_length=7,nl_confidence=0.8,miss_rate=0.1");
        assertEquals(2, decision.path("table_version").asLong());
        assertTrue(
                List.of("SKIP", "CHEAP", "FULL").contains(decision.path("arm").asText()), decision.toString());
        assertTrue(decision.path("propensity").asDouble() > 0, decision.toString());

        assertEquals(1, json("rollback", "--key", key).path("active_version").asLong());
        assertEquals(
                0,
                json("rollback", "--key", key, "--to", "baseline")
                        .path("active_version")
                        .asLong());
        assertEquals(
                2, json("activate", "--key", key, "2").path("active_version").asLong());

        final JsonNode tables = json("tables").path("tables");
        boolean active = false;
        for (final JsonNode table : tables) {
            active |= table.path("version").asLong() == 2
                    && table.path("roles").toString().contains("active");
        }
        assertTrue(active, tables.toString());

        final JsonNode stats = json("stats");
        assertTrue(stats.path("decisions").path("count").asLong() >= 1, stats.toString());
        assertTrue(stats.path("reloads").path("accepted").asLong() >= 2, stats.toString());
        assertEquals(2, jsonLines("top", "--count", "2", "--interval-ms", "100").size());
    }

    @Test
    void aRefusedTableIsBadInputWithThePathOfWhatIsWrongAndTheLastGoodOneStays() throws Exception {
        final RouterArtifact artifact = RandomTables.artifact(3, 4, 5, 0);
        final Path good = written("good.json", artifact);
        final String broken =
                Files.readString(good).replaceFirst("\"theta_star\" *: *[-0-9.Ee]+", "\"theta_star\": \"x\"");
        final Path bad = Files.writeString(folder.resolve("bad.json"), broken);
        json("publish", good.toString());

        final CapturedRun run = run("publish", bad.toString());
        assertEquals(ExitCode.BAD_INPUT, run.exitCode(), run.toString());
        assertTrue(run.err().contains("theta_star"), run.err());
        assertEquals(
                1,
                json("decide", "--key", artifact.key().toString(), "--features", "entropy=1")
                        .path("table_version")
                        .asLong());
    }

    @Test
    void aTableThatDistilRejectedIsSentOnlyOnPurpose() throws Exception {
        final RouterArtifact artifact = RandomTables.artifact(4, 4, 5, 0);
        final Provenance from = artifact.provenance();
        final Path rejected = written(
                "rejected.json",
                new RouterArtifact(
                        artifact.key(),
                        artifact.features(),
                        artifact.outputs(),
                        artifact.pairs(),
                        artifact.monotone(),
                        artifact.gate(),
                        artifact.frontier(),
                        artifact.baseline(),
                        new Provenance(
                                from.tool(),
                                from.seed(),
                                from.trainRows(),
                                from.testRows(),
                                from.inputs(),
                                Map.of(Distiller.REJECTED, 1.0, "no_regret", -0.001, "no_regret_lcb", -0.002),
                                from.trainingCounts()),
                        artifact.golden()));
        final CapturedRun refused = run("publish", rejected.toString());
        assertEquals(ExitCode.CHECK_FAILED, refused.exitCode(), refused.toString());
        assertTrue(refused.err().contains("T1 minus teacher -0.100 pp, at least -0.200, limit -0.050"), refused.err());
        assertTrue(refused.err().contains("--allow-rejected"), refused.err());
        assertEquals(0, json("tables").path("tables").size());

        assertEquals(
                1,
                json("publish", "--as", "stage", rejected.toString())
                        .path("table_version")
                        .asLong());
        final CapturedRun sent = run("publish", rejected.toString(), "--allow-rejected");
        assertEquals(ExitCode.DONE, sent.exitCode(), sent.toString());
        assertTrue(sent.err().contains("rejected by t1 distil"), sent.err());
    }

    @Test
    void holdsRowsAgainstTheTableThatDecides() throws Exception {
        final Path rows = folder.resolve("rows.parquet");
        new ObservationWriter(rows).write(SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 400, 1));
        final Path table = folder.resolve("learnt.json");
        CapturedRun.of(
                "distil",
                rows.toString(),
                "--out",
                table.toString(),
                "--key",
                "docs/eu/en",
                "--teachers",
                "1",
                "--pairs",
                "0");
        json("publish", table.toString(), "--allow-rejected");
        final JsonNode same = json("observations", "profile", rows.toString(), "--key", "docs/eu/en");
        assertEquals("entropy", same.at("/drift/0/feature").asText(), same.toString());
        assertEquals(0, same.at("/drift/0/psi").asDouble(), 1e-9, same.toString());

        final MeasuredQueries moved = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 400, 1);
        moved.queries().forEach(query -> query.features()[0] += 3);
        new ObservationWriter(rows).write(moved);
        final CapturedRun drifted = run("observations", "profile", rows.toString(), "--key", "docs/eu/en");
        assertEquals(ExitCode.CHECK_FAILED, drifted.exitCode(), drifted.toString());

        final CapturedRun other = run("observations", "profile", rows.toString());
        assertEquals(ExitCode.BAD_INPUT, other.exitCode(), other.toString());
        assertTrue(other.err().contains("no table of default/global/any is active"), other.err());
    }

    @Test
    void withoutATableTheDecisionIsTheBaselineAndSaysWhy() throws Exception {
        final CapturedRun run = run("decide", "--features", "entropy=1", "--json");
        assertEquals(ExitCode.CHECK_FAILED, run.exitCode(), run.toString());
        final JsonNode decision = JsonMapper.builder().build().readTree(run.out());
        assertTrue(decision.path("degraded").asBoolean(), decision.toString());
        assertTrue(decision.path("reason").asText().contains("NOT_READY"), decision.toString());
    }

    private Path written(final String name, final RouterArtifact artifact) throws Exception {
        return Files.writeString(
                folder.resolve(name), new String(RouterArtifactJson.write(artifact), StandardCharsets.UTF_8));
    }

    private JsonNode json(final String... words) throws Exception {
        final List<String> lines = jsonLines(words);
        return parsed(lines.getLast());
    }

    private static JsonNode parsed(final String json) throws Exception {
        return JsonMapper.builder().build().readTree(json);
    }

    private List<String> jsonLines(final String... words) {
        final List<String> all = new ArrayList<>(List.of(words));
        all.add("--json");
        final CapturedRun run = run(all.toArray(new String[0]));
        assertEquals(ExitCode.DONE, run.exitCode(), run.toString());
        return run.out().lines().filter(line -> !line.isBlank()).toList();
    }

    private CapturedRun run(final String... words) {
        final List<String> all = new ArrayList<>(List.of(words));
        all.add("--socket");
        all.add(socket);
        return CapturedRun.of(all.toArray(new String[0]));
    }
}

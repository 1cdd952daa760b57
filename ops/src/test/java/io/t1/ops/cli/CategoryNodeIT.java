package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.t1.codec.CategoryValue;
import io.t1.codec.client.ClientContext;
import io.t1.codec.client.Decision;
import io.t1.codec.client.OutcomeReport;
import io.t1.codec.client.T1Client;
import io.t1.gating.Decider;
import io.t1.gating.DeciderThread;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that sends categories to a real sidecar, without knowing which of them its table tells apart. */
class CategoryNodeIT {
    private static final List<String> SENT = List.of("en", "de", "fr", "never declared", "");

    @TempDir
    private Path folder;

    @Test
    void isAnsweredAsTheTableSaysOfEachCategoryAndSoItIsLogged() throws Exception {
        final RouterArtifact table = table();
        final Path file = Files.write(folder.resolve("table.json"), RouterArtifactJson.write(table));
        final Path socket = folder.resolve("t1.sock");
        final List<Float> answered = new ArrayList<>();
        try (Sidecar sidecar = Sidecar.start(new SidecarContext()
                        .data(folder.resolve("data"))
                        .socket(socket)
                        .httpPort(0));
                Decider decider = Decider.open(table);
                DeciderThread inProcess = decider.newReader()) {
            assertTrue(sidecar != null);
            assertEquals(
                    ExitCode.DONE,
                    CapturedRun.of("publish", file.toString(), "--socket", socket.toString())
                            .exitCode());
            try (T1Client node = T1Client.connect(
                    new ClientContext().socketPath(socket).tableKey(table.key()).features("language", "entropy"))) {
                assertTrue(node.awaitReady(TimeUnit.SECONDS.toNanos(10)), node.lastError());
                final Decision decision = new Decision();
                for (final String language : SENT) {
                    final float value = language.isEmpty() ? Float.NaN : CategoryValue.of(language);
                    node.decide(new float[] {value, 2.1f}, decision);
                    answered.add(decision.score());
                    final float known = language.isEmpty()
                            ? Float.NaN
                            : decider.features().get(4).category(language);
                    final float[] row = {2.1f, Float.NaN, Float.NaN, Float.NaN, known};
                    assertEquals(inProcess.decide(row).score(), decision.score(), language);
                    assertTrue(node.outcome(new OutcomeReport()
                            .of(decision.decisionId())
                            .latencyMicros(900)
                            .ndcg(0.5f)));
                }
            }
            final JsonNode asked = new ObjectMapper()
                    .readTree(CapturedRun.of(
                                    "decide",
                                    "--features",
                                    "entropy=2.1,language=de",
                                    "--socket",
                                    socket.toString(),
                                    "--json")
                            .out());
            assertEquals(answered.get(1), (float) asked.get("score").asDouble(), asked.toString());
        }
        assertNotEquals(answered.get(0), answered.get(1));
        assertEquals(answered.get(3), answered.get(4), "undeclared and missing are both all others");

        final Path logged = folder.resolve("logged.csv");
        final CapturedRun exported =
                CapturedRun.of("observations", "export", folder.resolve("data").toString(), "--out", logged.toString());
        assertEquals(ExitCode.DONE, exported.exitCode(), exported.err());
        final List<String> lines = Files.readAllLines(logged);
        final int column = List.of(lines.getFirst().split(",", -1)).indexOf("language");
        assertEquals(
                List.of("de", "en", "fr", "", "").stream().sorted().toList(),
                lines.stream()
                        .skip(1)
                        .map(line -> line.split(",", -1)[column])
                        .sorted()
                        .toList());
    }

    private static RouterArtifact table() {
        final RouterArtifact random = RandomTables.artifact(3, 5, 5, 1);
        final List<FeatureSpec> features = new ArrayList<>(random.features());
        features.set(4, CategoryKnots.feature("language", List.of("de", "en", "fr")));
        return new RouterArtifact(
                random.key(),
                features,
                random.outputs(),
                random.pairs(),
                random.monotone(),
                random.gate(),
                random.frontier(),
                random.baseline(),
                random.provenance(),
                random.golden());
    }
}

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
import io.t1.ops.gate.ArtifactFile;
import io.t1.router.artifact.RouterArtifact;
import io.t1.sidecar.Sidecar;
import io.t1.sidecar.SidecarContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a node that has no observations at all to a table learnt from its own traffic, by the commands alone. */
class JournalToTableIT {
    private static final int QUERIES = 1_500;
    private static final double[] EXTRA_MICROS = {0, 1_500, 3_000};

    @TempDir
    private Path folder;

    @Test
    void aNodeThatExploresTeachesATableByWhatItReports() throws Exception {
        final Path first = folder.resolve("first.json");
        done("distil", targets(), "--targets", "own", "--explore", "1", "--out", first);
        final Path socket = folder.resolve("t1.sock");
        final Path data = folder.resolve("data");
        final Path logged = folder.resolve("logged.parquet");
        try (Sidecar _ =
                Sidecar.start(new SidecarContext().data(data).socket(socket).httpPort(SidecarContext.HTTP_OFF))) {
            done("publish", first, "--socket", socket);
            answerQueries(socket, ArtifactFile.read(first));
            awaitExported(data, logged);
        }

        final Path table = folder.resolve("table.json");
        final CapturedRun run = run("distil", logged, "--out", table, "--teachers", "1", "--pairs", "0", "--json");
        assertTrue(run.exitCode() <= ExitCode.CHECK_FAILED, run.err());
        final JsonNode learnt = last(run);
        assertEquals(QUERIES, learnt.path("queries").asInt(), run.out());
        assertTrue(learnt.at("/spending/off_policy/answered").asBoolean(), run.out());
        assertEquals("PASSED", learnt.path("verdict").asText(), run.out());
        final RouterArtifact open = ArtifactFile.read(table);
        assertTrue(open.gate().thetaStar() < 2, "the gate is open: gains rise with entropy");
        assertEquals(first(open, 2.2f), "FULL");
        assertEquals(first(open, 0.1f), "SKIP");
    }

    /** A claim that rises with entropy, and time enough for every arm. */
    private Path targets() throws Exception {
        final StringBuilder csv = new StringBuilder("query_id,entropy,query_length,tau,spend_cap_ms,min_conf_gain\n");
        for (int q = 0; q < 200; q++) {
            csv.append(String.format(Locale.ROOT, "t%d,%.3f,%d,%.3f,1000,0%n", q, q / 90.0, 1 + q % 9, q / 400.0));
        }
        return Files.writeString(folder.resolve("targets.csv"), csv.toString());
    }

    private static void answerQueries(final Path socket, final RouterArtifact table) {
        final SplittableRandom random = new SplittableRandom(3);
        // no search waits here: a deadline that a busy machine keeps, since each outcome counts
        try (T1Client node = T1Client.connect(new ClientContext()
                .socketPath(socket)
                .tableKey(table.key())
                .features(table.featureNames())
                .deadlineNs(TimeUnit.SECONDS.toNanos(5)))) {
            assertTrue(node.awaitReady(TimeUnit.SECONDS.toNanos(10)), node.lastError());
            final Decision decision = new Decision();
            final OutcomeReport report = new OutcomeReport();
            for (int q = 0; q < QUERIES; q++) {
                final double entropy = 2.2 * random.nextDouble();
                node.decide(new float[] {(float) entropy, 1 + random.nextInt(9)}, decision);
                final int arm = decision.arm().code();
                final double gain = 0.3 * Math.max(0, entropy - 1) * arm / 2;
                report.of(decision.decisionId())
                        .latencyMicros((float) (200 + EXTRA_MICROS[arm] * (0.9 + 0.2 * random.nextDouble())))
                        .ndcg((float) (0.2 + 0.1 * random.nextDouble() + gain));
                assertTrue(node.outcome(report), node.lastError());
            }
        }
    }

    /** The journal is written behind the decisions. */
    private static void awaitExported(final Path data, final Path logged) throws Exception {
        final long begun = System.nanoTime();
        @Nullable JsonNode exported = null;
        while (exported == null && System.nanoTime() - begun < TimeUnit.SECONDS.toNanos(30)) {
            final CapturedRun run = run("observations", "export", data, "--out", logged, "--json");
            final JsonNode line = run.exitCode() == ExitCode.DONE ? last(run) : null;
            exported = line != null && line.path("rows").asLong() == QUERIES ? line : null;
        }
        assertNotNull(exported, QUERIES + " decisions with their outcomes didn't reach the journal within 30 s");
    }

    private String first(final RouterArtifact table, final float entropy) throws Exception {
        final Path file = folder.resolve("asked.json");
        ArtifactFile.write(file, table);
        final CapturedRun run = run("explain", file, "--features", "entropy=" + entropy + ",query_length=5", "--json");
        return last(run).path("arm").asText();
    }

    private static void done(final Object... words) {
        final CapturedRun run = run(words);
        assertEquals(ExitCode.DONE, run.exitCode(), run.err() + run.out());
    }

    private static CapturedRun run(final Object... words) {
        final String[] texts = new String[words.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = words[i].toString();
        }
        return CapturedRun.of(texts);
    }

    private static JsonNode last(final CapturedRun run) throws Exception {
        return JsonMapper.builder().build().readTree(run.out().lines().toList().getLast());
    }
}

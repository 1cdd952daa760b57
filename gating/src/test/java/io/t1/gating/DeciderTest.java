package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.TableKey;
import io.t1.router.KernelKind;
import io.t1.router.RouterTable;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DeciderTest {
    private final RandomArtifacts artifacts = new RandomArtifacts(70);
    private final RouterArtifact first = artifacts.plain();
    private final RouterArtifact second = artifacts.sameFeatures(first);
    private final KnownQueries queries = new KnownQueries(first, 200, 70);

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void decidesAsTheServerDoes(final KernelKind kind) throws Exception {
        final RouterArtifact exploring = RandomArtifacts.exploring(first, 0.1f, 0.1f, 0.1f);
        final var context =
                new DeciderContext().kernel(kind).seed(5).firstDecisionId(1000).maxBatch(200);
        final var server = new DecisionBatch(200);
        try (var snapshot = new TableSnapshot(exploring, 1, kind)) {
            new BatchDecider(5, 1000).decideRows(snapshot, queries.rows(0), 0, queries.scores(0), 0, 200, server);
        }
        try (var decider = Decider.open(exploring, context);
                var thread = decider.newReader()) {
            for (int q = 0; q < 200; q++) {
                final Decision decision = thread.decide(queries.features[q], queries.nodeScores[q]);
                assertEquals(server.decisionId(q), decision.decisionId());
                assertEquals(1, decision.tableVersion());
                assertEquals(server.arm(q), decision.arm().code());
                assertEquals(server.ef(q), decision.ef());
                assertEquals(server.topk(q), decision.topk());
                assertEquals(server.rerankDepth(q), decision.rerankDepth());
                assertEquals(server.flags(q), decision.flags());
                assertEquals(server.propensity(q), decision.propensity());
                assertEquals(server.tau(q), decision.tau());
                assertEquals(server.spendCapMs(q), decision.spendCapMs());
                assertEquals(server.minConfGain(q), decision.minConfGain());
                assertEquals(server.score(q), decision.score());
                assertEquals(server.expectedGain(q), decision.expectedGain());
            }
        }
        try (var decider = Decider.open(exploring, context);
                var thread = decider.newReader()) {
            final var batch = new DecisionBatch(200);
            thread.decideRows(queries.rows(0), 0, queries.scores(0), 0, 200, batch);
            for (int q = 0; q < 200; q++) {
                assertEquals(server.arm(q), batch.arm(q));
                assertEquals(server.decisionId(q), batch.decisionId(q));
            }
        }
    }

    @Test
    void aRehearsalUsesNoDecisionIdsAndMayBeLeftOut() throws Exception {
        for (final Duration longest : List.of(Duration.ZERO, Duration.ofMillis(50))) {
            final var context = new DeciderContext().firstDecisionId(1000).rehearsal(longest);
            try (var decider = Decider.open(first, context);
                    var thread = decider.newReader()) {
                assertEquals(1000, thread.decide(queries.features[0]).decisionId());
            }
        }
        assertThrows(IllegalArgumentException.class, () -> new DeciderContext().rehearsal(Duration.ofNanos(-1)));
    }

    @Test
    void decidesByTheNextTableAfterAReplacementAndByThePreviousAfterARollback() throws Exception {
        try (var decider = Decider.open(first);
                var thread = decider.newReader()) {
            assertDecidesBy(thread, first, 1);
            assertEquals(2, decider.replace(second));
            assertDecidesBy(thread, second, 2);
            assertTrue(decider.rollbackToPrevious());
            assertDecidesBy(thread, first, 1);
            assertTrue(decider.rollbackToPrevious());
            assertDecidesBy(thread, second, 2);
            decider.rollbackToBaseline();
            final Decision decision = thread.decide(queries.features[0]);
            assertEquals(DecisionFlag.BASELINE_TABLE, decision.flags());
            assertEquals(second.baseline().arm(), decision.arm());
            assertEquals(0, decider.activeVersion());
            assertTrue(decider.rollbackToPrevious());
            assertDecidesBy(thread, second, 2);
            assertEquals(3, decider.replace(first));
            assertDecidesBy(thread, first, 3);
        }
    }

    @Test
    void refusesABadArtifactAndKeepsTheLastGoodOne() throws Exception {
        final RouterArtifact nan = RandomArtifacts.withGate(second, new GateSpec(Float.NaN, 0, 0, new float[3]));
        try (var decider = Decider.open(first);
                var thread = decider.newReader()) {
            final var refusal = assertThrows(RefusedArtifactException.class, () -> decider.replace(nan));
            assertEquals("$.gate.theta_star", refusal.path());
            assertDecidesBy(thread, first, 1);
            assertEquals(2, decider.replace(second), "versions aren't spent on refusals");
        }
        assertThrows(RefusedArtifactException.class, () -> Decider.open(nan));
    }

    @Test
    void refusesATableForOtherFeaturesOrAnotherKey() throws Exception {
        final List<FeatureSpec> swapped = new ArrayList<>(first.features());
        swapped.add(swapped.removeFirst());
        final TableKey other = new TableKey("other", "global", "any");
        try (var decider = Decider.open(first);
                var thread = decider.newReader()) {
            final var features = assertThrows(
                    RefusedArtifactException.class,
                    () -> decider.replace(RandomArtifacts.withFeatures(first, swapped)));
            assertEquals(
                    "$.features: [f1, f2, f3, f0] != [f0, f1, f2, f3]: open another decider for these features",
                    features.getMessage());
            final var key = assertThrows(
                    RefusedArtifactException.class, () -> decider.replace(RandomArtifacts.withKey(first, other)));
            assertEquals(
                    "$.key: other/global/any != default/global/any: open another decider for it", key.getMessage());
            assertDecidesBy(thread, first, 1);
        }
    }

    @Test
    void reloadsAFileAndSurvivesAHalfCopiedOne(@TempDir final Path folder) throws Exception {
        final Path file = folder.resolve("router_distilled_int8.json");
        final byte[] whole = RouterArtifactJson.write(second);
        Files.write(file, RouterArtifactJson.write(first));
        try (var decider = Decider.open(file);
                var thread = decider.newReader()) {
            Files.write(file, Arrays.copyOf(whole, whole.length / 2));
            assertThrows(RefusedArtifactException.class, () -> decider.reload(file));
            assertThrows(NoSuchFileException.class, () -> decider.reload(folder.resolve("absent.json")));
            Files.write(file, new byte[(1 << 20) + 1]);
            final var tooLong = assertThrows(RefusedArtifactException.class, () -> decider.reload(file));
            assertTrue(
                    String.valueOf(tooLong.getMessage()).startsWith("$: bytes=1048577 > 1048576"),
                    tooLong.getMessage());
            assertDecidesBy(thread, first, 1);
            Files.write(file, whole);
            assertEquals(2, decider.reload(file));
            assertDecidesBy(thread, second, 2);
        }
    }

    @Test
    void freesAllItsTablesWhenClosedAndRefusesToDecideAfterwards() throws Exception {
        final long before = RouterTable.openBytes();
        final var decider = Decider.open(first);
        final var thread = decider.newReader();
        for (int i = 0; i < 20; i++) {
            decider.replace(i % 2 == 0 ? second : first);
        }
        assertTrue(RouterTable.openBytes() > before);
        decider.close();
        decider.close();
        assertEquals(before, RouterTable.openBytes());
        assertThrows(IllegalStateException.class, () -> thread.decide(queries.features[0]));
        assertThrows(IllegalStateException.class, () -> decider.replace(second));
        assertThrows(IllegalStateException.class, decider::newReader);
        assertThrows(IllegalStateException.class, decider::activeVersion);
        thread.close();
    }

    @Test
    void threadsThatComeAndGoShareNoDecisionIdAndUseNoneUp() throws Exception {
        try (var decider = Decider.open(first);
                var other = decider.newReader()) {
            final long far = other.decide(queries.features[0]).decisionId();
            final List<Long> ids = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                try (var thread = decider.newReader()) {
                    ids.add(thread.decide(queries.features[0]).decisionId());
                }
            }
            final long start = ids.getFirst();
            assertTrue(Math.abs(start - far) >= 1L << 40, "start=" + start + ", the other thread at " + far);
            for (int i = 0; i < 100; i++) {
                assertEquals(start + i, ids.get(i));
            }
        }
    }

    @Test
    void namesWhatIsWrongWithACall() throws Exception {
        try (var decider = Decider.open(first, new DeciderContext().maxBatch(10));
                var thread = decider.newReader()) {
            final var features = assertThrows(IllegalArgumentException.class, () -> thread.decide(new float[3]));
            assertEquals("features=3, table has 4", features.getMessage());
            final var batch = new DecisionBatch(200);
            final UnsafeBuffer rows = queries.rows(0);
            final var count =
                    assertThrows(IllegalArgumentException.class, () -> thread.decideRows(rows, 0, null, 0, 11, batch));
            assertTrue(String.valueOf(count.getMessage()).startsWith("count=11 not in 1..10"), count.getMessage());
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> thread.decideRows(rows, rows.capacity() - 159, null, 0, 10, batch));
            assertThrows(
                    IndexOutOfBoundsException.class,
                    () -> thread.decideRows(rows, 0, new UnsafeBuffer(new byte[39]), 0, 10, batch));
            thread.decideRows(rows, rows.capacity() - 160, null, 0, 10, batch);
            assertEquals(10, batch.count());
        }
        assertThrows(IllegalArgumentException.class, () -> new DeciderContext().maxBatch(1025));
    }

    private void assertDecidesBy(final DeciderThread thread, final RouterArtifact artifact, final long version) {
        for (int q = 0; q < queries.count; q++) {
            final Decision decision = thread.decide(queries.features[q]);
            final var expected = ReferenceDecision.of(artifact, queries.codes[q], Float.NaN, 0, 0);
            assertEquals(version, decision.tableVersion());
            assertEquals(expected.arm(), decision.arm(), "q=" + q);
            assertEquals(expected.outputs()[3], decision.score(), "q=" + q);
        }
    }
}

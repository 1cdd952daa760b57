package io.t1.gating;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.router.KernelKind;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BatchDeciderTest {
    private static final int OFFSET = 5; // no alignment may be relied on
    private static final int[] COUNTS = {1, 2, 15, 63, 64, 65, 129, 1023, 1024};

    private final DecisionBatch decisions = new DecisionBatch(DecisionBatch.MAX_QUERIES);

    @ParameterizedTest
    @CsvSource({"1, SCALAR", "2, LOOKUP", "3, VECTOR", "4, SCALAR", "5, LOOKUP", "6, VECTOR", "7, LOOKUP", "8, LOOKUP"})
    void decidesAsTheDefinitionsSayWhateverTheLayout(final long seed, final KernelKind kind) {
        final RouterArtifact artifact = new RandomArtifacts(seed).any();
        try (var snapshot = new TableSnapshot(artifact, seed, kind)) {
            final var decider = new BatchDecider(seed, seed << 40);
            for (final int count : COUNTS) {
                final var queries = new KnownQueries(artifact, count, seed + count);
                for (final Layout layout : Layout.values()) {
                    final String where = "seed=" + seed + ", " + kind + ", " + layout + ", count=" + count;
                    layout.decide(decider, snapshot, queries, decisions);
                    assertDecided(artifact, queries, seed, where);
                    assertCodes(decider, queries, where);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(KernelKind.class)
    void decidesOneQueryAsItWouldInABatch(final KernelKind kind) {
        for (long seed = 100; seed < 120; seed++) {
            final RouterArtifact artifact = new RandomArtifacts(seed).any();
            final var queries = new KnownQueries(artifact, 50, seed);
            final var decider = new BatchDecider(seed, 7, PhaseTiming.OFF, 1);
            final var one = new DecisionBatch(1);
            try (var snapshot = new TableSnapshot(artifact, 9, kind)) {
                for (int q = 0; q < queries.count; q++) {
                    decider.decide(snapshot, queries.features[q], queries.nodeScores[q], one);
                    assertEquals(7 + q, one.decisionId(0));
                    assertEquals(9, one.tableVersion());
                    ReferenceDecision.of(artifact, queries.codes[q], queries.nodeScores[q], seed, 7 + q)
                            .assertSame(one, 0, "seed=" + seed + ", q=" + q);
                }
            }
        }
    }

    @Test
    void theTablesOwnScoreDecidesWhereTheNodeHasNone() {
        final RouterArtifact artifact = new RandomArtifacts(30).plain();
        final var queries = new KnownQueries(artifact, 100, 30);
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.SCALAR)) {
            new BatchDecider(1, 1).decideRows(snapshot, queries.rows(0), 0, null, 0, 100, decisions);
        }
        for (int q = 0; q < 100; q++) {
            ReferenceDecision.of(artifact, queries.codes[q], Float.NaN, 1, 1 + q)
                    .assertSame(decisions, q, "q=" + q);
            assertEquals(0, decisions.flags(q) & DecisionFlag.NODE_SCORE);
        }
    }

    @Test
    void countsDecisionIdsUpFromTheThreadsOwnStart() {
        final RouterArtifact artifact = new RandomArtifacts(31).any();
        final var queries = new KnownQueries(artifact, 10, 31);
        final long start = -5; // unsigned: ids may run over zero
        final var decider = new BatchDecider(1, start);
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.SCALAR);
                var baseline = TableSnapshot.builtInBaseline(artifact)) {
            Layout.ROWS.decide(decider, snapshot, queries, decisions);
            assertEquals(start + 9, decisions.decisionId(9));
            Layout.ROWS.decide(decider, baseline, queries, decisions);
            assertEquals(start + 10, decisions.decisionId(0));
            assertEquals(start + 20, decider.nextDecisionId());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42, 43})
    void armsComeAsOftenAsTheLoggedPropensitySays(final long seed) {
        final var artifacts = new RandomArtifacts(seed);
        final RouterArtifact artifact = RandomArtifacts.exploring(artifacts.plain(), 0.1f, 0.15f, 0.2f);
        final var queries = new KnownQueries(artifact, 16, seed);
        final int rounds = 20_000;
        final int[][] counted = new int[queries.count][Arm.COUNT];
        final float[][] logged = new float[queries.count][Arm.COUNT];
        final var decider = new BatchDecider(seed, 1);
        final UnsafeBuffer rows = queries.rows(0);
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.LOOKUP)) {
            for (int round = 0; round < rounds; round++) {
                decider.decideRows(snapshot, rows, 0, null, 0, queries.count, decisions);
                for (int q = 0; q < queries.count; q++) {
                    counted[q][decisions.arm(q)]++;
                    logged[q][decisions.arm(q)] = decisions.propensity(q);
                }
            }
        }
        for (int q = 0; q < queries.count; q++) {
            float sum = 0;
            for (int arm = 0; arm < Arm.COUNT; arm++) {
                final double p = logged[q][arm];
                final double fiveSigma = 5 * Math.sqrt(rounds * p * (1 - p)) + 0.1;
                assertEquals(rounds * p, counted[q][arm], fiveSigma, "seed=" + seed + ", q=" + q + ", arm=" + arm);
                sum += logged[q][arm];
            }
            assertEquals(1, sum, 1e-6f, "seed=" + seed + ", q=" + q);
        }
    }

    @Test
    void flagsTheShareThatExplorationChose() {
        final RouterArtifact artifact = RandomArtifacts.exploring(new RandomArtifacts(44).plain(), 0.25f, 0, 0.25f);
        final var queries = new KnownQueries(artifact, 1024, 44);
        final var decider = new BatchDecider(44, 1);
        int explored = 0;
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.LOOKUP)) {
            for (int round = 0; round < 20; round++) {
                Layout.ROWS.decide(decider, snapshot, queries, decisions);
                for (int q = 0; q < 1024; q++) {
                    explored += decisions.flags(q) & DecisionFlag.EXPLORED;
                }
            }
        }
        assertEquals(0.5 * 20 * 1024, explored, 5 * Math.sqrt(20 * 1024) / 2);
    }

    @ParameterizedTest
    @ValueSource(longs = {51, 52, 53, 54})
    void aHigherNodeScoreNeverLowersTheArm(final long seed) {
        final RouterArtifact artifact = new RandomArtifacts(seed).plain();
        final var queries = new KnownQueries(artifact, 50, seed);
        final var one = new DecisionBatch(1);
        final var decider = new BatchDecider(1, 1);
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.SCALAR)) {
            for (int q = 0; q < queries.count; q++) {
                int arm = 0;
                for (float score = 0; score <= 1; score += 0.01f) {
                    decider.decide(snapshot, queries.features[q], score, one);
                    assertTrue(one.arm(0) >= arm, "seed=" + seed + ", q=" + q + ", score=" + score);
                    arm = one.arm(0);
                }
            }
        }
    }

    @Test
    void answersTheBaselineDecisionForEveryQuery() {
        final RouterArtifact artifact = RandomArtifacts.exploring(new RandomArtifacts(60).any(), 0.3f, 0.3f, 0.3f);
        final var queries = new KnownQueries(artifact, 70, 60);
        final var decider = new BatchDecider(1, 1);
        for (final Layout layout : Layout.values()) {
            try (var baseline = TableSnapshot.builtInBaseline(artifact)) {
                layout.decide(decider, baseline, queries, decisions);
            }
            assertCodes(decider, queries, "the journal's codes under the baseline, " + layout);
            assertEquals(70, decisions.count());
            assertEquals(0, decisions.tableVersion());
            for (int q = 0; q < 70; q++) {
                assertEquals(artifact.baseline().arm(), Arm.ofCode(decisions.arm(q)));
                assertEquals(artifact.baseline().ef(), decisions.ef(q));
                assertEquals(artifact.baseline().topk(), decisions.topk(q));
                assertEquals(artifact.baseline().rerankDepth(), decisions.rerankDepth(q));
                assertEquals(1, decisions.propensity(q));
                assertEquals(DecisionFlag.BASELINE_TABLE, decisions.flags(q));
                assertTrue(Float.isNaN(decisions.score(q)) && Float.isNaN(decisions.expectedGain(q)));
            }
        }
    }

    @Test
    void answersTheBaselineForLoadThatIsShedUnderTheTablesOwnVersion() {
        final RouterArtifact artifact = RandomArtifacts.exploring(new RandomArtifacts(64).any(), 0.3f, 0.3f, 0.3f);
        final int flags = DecisionFlag.DEGRADED | DecisionFlag.OVERLOADED;
        final var decider = new BatchDecider(1, 5, PhaseTiming.ON);
        try (var snapshot = new TableSnapshot(artifact, 8, KernelKind.SCALAR)) {
            Layout.ROWS.decide(decider, snapshot, new KnownQueries(artifact, 10, 64), decisions);
            decider.decideBaseline(snapshot, 1024, flags, decisions);
        }
        assertEquals(1024, decisions.count());
        assertEquals(8, decisions.tableVersion());
        for (int q = 0; q < 1024; q++) {
            assertEquals(artifact.baseline().arm(), Arm.ofCode(decisions.arm(q)));
            assertEquals(artifact.baseline().topk(), decisions.topk(q));
            assertEquals(1, decisions.propensity(q));
            assertEquals(flags, decisions.flags(q));
            assertEquals(15 + q, decisions.decisionId(q));
            assertTrue(Float.isNaN(decisions.tau(q)) && Float.isNaN(decisions.score(q)));
        }
        assertEquals(1039, decider.nextDecisionId());
        assertEquals(0, decider.lastKernelNanos() + decider.lastGateNanos());
    }

    @Test
    void aPublishedBaselineDecidesByItsTableAndSaysSo() {
        final RouterArtifact artifact = new RandomArtifacts(61).plain();
        final var queries = new KnownQueries(artifact, 70, 61);
        final DecisionBatch plain = new DecisionBatch(70);
        try (var asTable = new TableSnapshot(artifact, 3, KernelKind.SCALAR);
                var asBaseline = TableSnapshot.publishedBaseline(
                        artifact, RouterArtifactJson.sha256(artifact), 3, KernelKind.SCALAR)) {
            Layout.ROWS.decide(new BatchDecider(1, 1), asTable, queries, plain);
            Layout.ROWS.decide(new BatchDecider(1, 1), asBaseline, queries, decisions);
        }
        for (int q = 0; q < 70; q++) {
            assertEquals(plain.arm(q), decisions.arm(q));
            assertEquals(plain.flags(q) | DecisionFlag.BASELINE_TABLE, decisions.flags(q));
        }
    }

    @Test
    void readsTheClockOnlyWhenAsked() {
        final RouterArtifact artifact = new RandomArtifacts(62).plain();
        final var queries = new KnownQueries(artifact, 1024, 62);
        final var timed = new BatchDecider(1, 1, PhaseTiming.ON);
        final var untimed = new BatchDecider(1, 1, PhaseTiming.OFF);
        try (var snapshot = new TableSnapshot(artifact, 1, KernelKind.SCALAR)) {
            Layout.ROWS.decide(timed, snapshot, queries, decisions);
            Layout.ROWS.decide(untimed, snapshot, queries, decisions);
        }
        assertTrue(timed.lastKernelNanos() > 0 && timed.lastGateNanos() > 0);
        assertEquals(0, untimed.lastKernelNanos() + untimed.lastGateNanos());
    }

    @Test
    void aClosedGateSkipsAllAndAnOpenOneSpendsAllThatTheCapAllows() {
        final RouterArtifact artifact = new RandomArtifacts(63).plain();
        final var queries = new KnownQueries(artifact, 1024, 63);
        for (final float thetaStar : new float[] {5, -5}) {
            final var gated = RandomArtifacts.withGate(artifact, new GateSpec(thetaStar, 0, 0.5f, new float[3]));
            try (var snapshot = new TableSnapshot(gated, 1, KernelKind.SCALAR)) {
                new BatchDecider(1, 1).decideRows(snapshot, queries.rows(0), 0, null, 0, 1024, decisions);
            }
            for (int q = 0; q < 1024; q++) {
                if (thetaStar > 0) {
                    assertEquals(Arm.SKIP.code(), decisions.arm(q));
                    assertEquals(0, decisions.flags(q));
                } else {
                    final int lowered = DecisionFlag.CAPPED | DecisionFlag.LOW_GAIN;
                    assertTrue(decisions.arm(q) == Arm.FULL.code() || (decisions.flags(q) & lowered) != 0, "q=" + q);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1025})
    void refusesACapacityThatNoFrameHas(final int capacity) {
        final var refusal =
                assertThrows(IllegalArgumentException.class, () -> new BatchDecider(1, 1, PhaseTiming.OFF, capacity));
        assertEquals("capacity=" + capacity + " not in 1..1024", refusal.getMessage());
    }

    private void assertDecided(
            final RouterArtifact artifact, final KnownQueries queries, final long seed, final String where) {
        assertEquals(queries.count, decisions.count(), where);
        assertEquals(seed, decisions.tableVersion(), where);
        for (int q = 0; q < queries.count; q++) {
            ReferenceDecision.of(artifact, queries.codes[q], queries.nodeScores[q], seed, decisions.decisionId(q))
                    .assertSame(decisions, q, where + ", q=" + q);
        }
    }

    private static void assertCodes(final BatchDecider decider, final KnownQueries queries, final String where) {
        for (int q = 0; q < queries.count; q++) {
            for (int f = 0; f < queries.codes[q].length; f++) {
                final int code = decider.lastCodes()[f * decider.lastStride() + q] & 0xFF;
                assertEquals(queries.codes[q][f], code, where + ", q=" + q + ", feature=" + f);
            }
        }
    }

    /** The ways in which a batch comes over the wire. */
    private enum Layout {
        ROWS {
            @Override
            void decide(
                    final BatchDecider decider,
                    final TableSnapshot snapshot,
                    final KnownQueries queries,
                    final DecisionBatch decisions) {
                decider.decideRows(
                        snapshot, queries.rows(OFFSET), OFFSET, scores(queries), OFFSET, queries.count, decisions);
            }
        },
        COLUMNS {
            @Override
            void decide(
                    final BatchDecider decider,
                    final TableSnapshot snapshot,
                    final KnownQueries queries,
                    final DecisionBatch decisions) {
                decider.decideColumns(
                        snapshot, queries.columns(OFFSET), OFFSET, scores(queries), OFFSET, queries.count, decisions);
            }
        },
        CODE_ROWS {
            @Override
            void decide(
                    final BatchDecider decider,
                    final TableSnapshot snapshot,
                    final KnownQueries queries,
                    final DecisionBatch decisions) {
                decider.decideCodeRows(
                        snapshot, queries.codeRows(OFFSET), OFFSET, scores(queries), OFFSET, queries.count, decisions);
            }
        },
        CODE_COLUMNS {
            @Override
            void decide(
                    final BatchDecider decider,
                    final TableSnapshot snapshot,
                    final KnownQueries queries,
                    final DecisionBatch decisions) {
                decider.decideCodeColumns(
                        snapshot,
                        queries.codeColumns(OFFSET),
                        OFFSET,
                        scores(queries),
                        OFFSET,
                        queries.count,
                        decisions);
            }
        };

        abstract void decide(
                BatchDecider decider, TableSnapshot snapshot, KnownQueries queries, DecisionBatch decisions);

        static DirectBuffer scores(final KnownQueries queries) {
            return queries.scores(OFFSET);
        }
    }
}

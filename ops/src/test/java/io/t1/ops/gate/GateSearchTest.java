package io.t1.ops.gate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.TableSnapshot;
import io.t1.ops.BadInputException;
import io.t1.ops.WholeFile;
import io.t1.ops.cli.Progress;
import io.t1.ops.distil.DistilResult;
import io.t1.ops.distil.DistilSettings;
import io.t1.ops.distil.Distiller;
import io.t1.ops.distil.SyntheticQueries;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.KernelKind;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class GateSearchTest {
    private static final Provenance.Input ROWS = new Provenance.Input("rows.parquet", "ab".repeat(32), 3_600);
    private static MeasuredQueries training;
    private static MeasuredQueries validation;
    private static DistilResult distilled;

    @BeforeAll
    static void distilOnce() {
        training = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 1_200, 1);
        validation = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 1_500, 2);
        distilled = Distiller.distil(training, DistilSettings.standard().withInputs(List.of(ROWS)), Progress.NONE);
    }

    @Test
    void setsThresholdsThatKeepTheBudgetAndPayOnUnseenQueries() {
        final GateResult result = search(new Budget.MeanShare(0.3));
        assertTrue(result.report().verdict().passed(), result.report().verdict().toString());
        final ThresholdChoice.Constraint constraint = result.report().choice().constraint();
        assertTrue(constraint.value() + constraint.headroom() <= constraint.limit() + 1e-12, constraint.toString());
        assertTrue(constraint.binds(), constraint.toString());
        final Spending unseen =
                spendingOf(result.artifact(), SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 4_000, 3));
        assertTrue(unseen.costShare() <= 0.3 * 1.05, "cost share=" + unseen.costShare());
        assertTrue(unseen.gainShare() > unseen.bestRandomGainShare() + 0.1, "gain share=" + unseen.gainShare());
    }

    @Test
    void theSidecarDecidesAsTheSearchSaysItWill() {
        final RouterArtifact artifact = search(new Budget.MeanShare(0.5)).artifact();
        final byte[] expected = armsOf(artifact, validation);
        final byte[] decided = new byte[expected.length];
        final DecisionBatch batch = new DecisionBatch(1);
        final BatchDecider decider = new BatchDecider(1, 1);
        try (TableSnapshot snapshot = new TableSnapshot(artifact, 1, KernelKind.SCALAR)) {
            for (int q = 0; q < decided.length; q++) {
                decider.decide(snapshot, validation.queries().get(q).features(), Float.NaN, batch);
                decided[q] = batch.arm(0);
            }
        }
        assertArrayEquals(expected, decided);
        for (int arm = 0; arm < 3; arm++) {
            final int code = arm;
            assertTrue(IntStream.range(0, decided.length).anyMatch(q -> decided[q] == code), "arm " + arm);
        }
    }

    @Test
    void moreBudgetGainsMore() {
        double before = 0;
        for (final double share : new double[] {0.1, 0.2, 0.4, 0.8}) {
            final double gain = search(new Budget.MeanShare(share))
                    .report()
                    .choice()
                    .constraint()
                    .value();
            assertTrue(gain > before, "share=" + share);
            before = gain;
        }
    }

    @Test
    void sweepsTwentyOneStepsAroundTheOptimum() {
        final GateReport report = search(new Budget.MeanShare(0.5)).report();
        assertEquals(21, report.sweep().size());
        final SweepStep optimum = report.sweep().get(10);
        assertTrue(optimum.withinBudget());
        for (final SweepStep step : report.sweep()) {
            assertTrue(!step.withinBudget() || step.ndcg10() <= optimum.ndcg10() + 1e-12, step.toString());
        }
    }

    @Test
    void rowsThatTheTableWasLearntFromAreToldApart() {
        final GateResult result = GateSearch.search(
                distilled.artifact(),
                training,
                List.of(ROWS),
                distilled.artifact().frontier(),
                new Budget.MeanShare(0.5),
                Progress.NONE);
        assertTrue(result.report().inSample());
        assertFalse(search(new Budget.MeanShare(0.5)).report().inSample());
    }

    @Test
    void aTableOfNoiseStaysClosedEvenOnTheRowsThatItWasLearntFrom() {
        final MeasuredQueries noise = SyntheticQueries.of(SyntheticQueries.Signal.NONE, 400, 5);
        final DistilResult table =
                Distiller.distil(noise, DistilSettings.standard().withInputs(List.of(ROWS)), Progress.NONE);
        final GateResult result = GateSearch.search(
                table.artifact(),
                noise,
                List.of(ROWS),
                table.artifact().frontier(),
                new Budget.MeanShare(0.5),
                Progress.NONE);
        assertFalse(result.report().verdict().passed());
        for (final byte arm : armsOf(result.artifact(), noise)) {
            assertEquals(0, arm);
        }
    }

    @Test
    void refusesRowsWithoutAFeatureOfTheTable() {
        final MeasuredQueries lacking = new MeasuredQueries(
                List.of("entropy"),
                List.of(new MeasuredQuery("q", "global", new float[1], new double[3], new double[3], List.of())));
        final String refused = refusal(() -> GateSearch.search(
                distilled.artifact(),
                lacking,
                List.of(),
                distilled.artifact().frontier(),
                new Budget.MeanShare(0.5),
                Progress.NONE));
        assertTrue(refused.contains("query_length"), refused);
    }

    @Test
    void writesATableWholeOrNotAtAll(@TempDir final Path folder) throws IOException {
        final Path file = folder.resolve("table.json");
        ArtifactFile.write(file, distilled.artifact());
        final byte[] first = Files.readAllBytes(file);
        final RouterArtifact broken = GateSearch.withGate(
                distilled.artifact(), distilled.artifact().gate(), List.of()); // a frontier needs points
        assertThrows(IllegalArgumentException.class, () -> ArtifactFile.write(file, broken));
        assertArrayEquals(first, Files.readAllBytes(file));
        try (var entries = Files.list(folder)) {
            assertEquals(1, entries.count(), "nothing is left beside the table");
        }
        assertArrayEquals(first, RouterArtifactJson.write(ArtifactFile.read(file)));
        Files.write(file, Arrays.copyOf(first, first.length / 2));
        assertThrows(BadInputException.class, () -> ArtifactFile.read(file));
        assertThrows(BadInputException.class, () -> WholeFile.requireWritable(folder.resolve("no/table.json")));
        assertThrows(BadInputException.class, () -> WholeFile.requireWritable(folder));
    }

    private static GateResult search(final Budget budget) {
        return GateSearch.search(
                distilled.artifact(),
                validation,
                List.of(),
                distilled.artifact().frontier(),
                budget,
                Progress.NONE);
    }

    static byte[] armsOf(final RouterArtifact artifact, final MeasuredQueries queries) {
        final TableOutputs outputs = TableOutputs.of(
                artifact,
                queries.featureNames(),
                queries.queries().stream().map(MeasuredQuery::features).toArray(float[][]::new));
        final Thresholds bars = new Thresholds(
                artifact.gate().thetaStar(),
                artifact.gate().thetaStar() - artifact.gate().delta());
        return new ArmAdmission(artifact, artifact.gate().tauMean())
                .admit(outputs)
                .armsUnder(bars);
    }

    static Spending spendingOf(final RouterArtifact artifact, final MeasuredQueries queries) {
        return Spending.of(MeasuredArms.of(queries), armsOf(artifact, queries));
    }

    /** The message of the refusal. */
    private static String refusal(final Executable call) {
        return String.valueOf(assertThrows(BadInputException.class, call).getMessage());
    }
}

package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.MeasuredFrontier;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.MonotoneCertificate;
import io.t1.router.artifact.MonotoneConstraint;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DistillerTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 20);
    }

    @Test
    void learnsWhatCanBeLearntAndGivesTheSameBytesAgain() throws Exception {
        final MeasuredQueries training = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 1_000, 11);
        final DistilResult result = Distiller.distil(training, settings(), Progress.NONE);
        final DistilReport report = result.report();
        assertTrue(report.verdict().passed(), report.verdict().toString());
        assertTrue(report.spending().overRandom().lowerBound() > 0);
        assertTrue(report.spending().gainShare() > report.spending().bestRandomGainShare() + 0.1, report.toString());
        assertTrue(
                report.spending().costShare() <= 0.5 * 1.05,
                "cost share=" + report.spending().costShare());
        assertTrue(MonotoneCertificate.of(result.artifact()).holds());
        assertEquals(report.certificate(), MonotoneCertificate.of(result.artifact()));
        assertEquals(64, result.artifact().golden().size());
        assertTrue(result.artifact().provenance().metrics().containsKey("hard_nl_entropy_cut"));

        final byte[] bytes = RouterArtifactJson.write(result.artifact());
        assertArrayEquals(bytes, RouterArtifactJson.write(RouterArtifactJson.read(bytes)));
        final DistilResult again = Distiller.distil(training, settings(), Progress.NONE);
        assertArrayEquals(bytes, RouterArtifactJson.write(again.artifact()));
        final DistilResult other = Distiller.distil(training, settings().withSeed(2), Progress.NONE);
        assertNotEquals(Arrays.hashCode(bytes), Arrays.hashCode(RouterArtifactJson.write(other.artifact())));
    }

    @Test
    void tellsWhatEachStepLosesAndWhatElseCouldDecide() {
        final MeasuredQueries training = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 600, 11);
        final DistilReport report =
                Distiller.distil(training, settings(), Progress.NONE).report();
        assertEquals(
                List.of("TEACHER", "SHAPES", "KNOTS", "REFIT", "INT8"),
                report.fidelity().stream().map(Fidelity::step).toList());
        assertTrue(report.tried().isEmpty() && report.additivity() == null, "a quick run searches nothing");
        assertTrue(report.calibration().raw() > 0 && report.calibration().n() == 600);
        assertEquals(1, report.fidelity().getFirst().r2());
        assertEquals(1, report.fidelity().getFirst().agreement());
        for (final Fidelity step : report.fidelity()) {
            assertTrue(step.r2() > 0.4 && step.agreement() > 0.6, step.toString());
        }
        final double refitted = report.fidelity().get(3).r2();
        assertEquals(refitted, report.fidelity().get(4).r2(), 0.01, "rounding costs next to nothing");
        assertEquals("t1_student", report.policies().getFirst().name());
        assertEquals(report.spending().ndcg10(), report.policies().getFirst().ndcg10(), 1e-9);
        for (final var policy : report.policies()) {
            if (policy.name().startsWith("random")) {
                assertTrue(policy.ndcg10() < report.spending().ndcg10(), policy.toString());
            }
            if (!policy.name().equals("cheap") && !policy.name().equals("full")) {
                assertTrue(policy.costShare() < 0.5 * 1.05, policy.toString());
            }
        }
        assertEquals(report.noRegret().passed() ? TableStatus.ACCEPTED : TableStatus.REJECTED, report.status());
    }

    @Test
    void searchesTheTeacherOnFoldsItHasNotSeenAndAgainFindsTheSame() {
        final MeasuredQueries training = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 400, 12);
        final TrainingSet set = TrainingSet.of(training);
        final Folds folds = Folds.of(training, 5, 1);
        final ForestSearch.Found found = ForestSearch.search(Evidence.of(set), folds, 4, 1, Progress.NONE);
        assertEquals(4, found.tried().size());
        assertEquals(1, found.tried().stream().filter(TriedForest::chosen).count());
        assertEquals(found, ForestSearch.search(Evidence.of(set), folds, 4, 1, Progress.NONE));
        for (final TriedForest tried : found.tried()) {
            assertTrue(tried.chanceLoss() > 0.5 && tried.chanceLoss() < 1.2, tried.toString());
        }
        final var ways = ForestSearch.ways(60, 1);
        assertEquals(60, new HashSet<>(ways).size());
        assertEquals(ways.subList(0, 8), ForestSearch.ways(8, 1));
    }

    @Test
    void ofNoiseItIsInconclusiveSaysHowManyQueriesItTakesAndClosesTheGate() {
        final MeasuredQueries noise = SyntheticQueries.of(SyntheticQueries.Signal.NONE, 600, 21);
        final DistilResult result = Distiller.distil(noise, settings(), Progress.NONE);
        assertFalse(result.report().verdict().passed());
        assertTrue(
                result.report().verdict().queriesNeeded() > 600,
                result.report().verdict().toString());
        assertTrue(result.artifact().gate().thetaStar() > 2, "no score and tau reach the bar");
        assertEquals(0, result.artifact().gate().delta());
    }

    @Test
    void aHigherPriceSpendsLess() {
        final MeasuredQueries training = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 300, 31);
        final TrainingSet set = TrainingSet.of(training);
        final Expectations expected = randomExpectations(set.size(), new SplittableRandom(1));
        double before = Double.POSITIVE_INFINITY;
        for (final double share : new double[] {0.1, 0.3, 0.5, 0.6}) {
            final double price = BudgetPrice.at(share, expected, set.measured());
            assertTrue(price < before, "share=" + share);
            double spent = 0;
            for (int q = 0; q < set.size(); q++) {
                spent += set.measured().costMs(BudgetPrice.bestArm(price, expected, q), q) / set.size();
            }
            assertEquals(share, spent / set.measured().meanCostMs(Arm.FULL.code()), 0.02, "share=" + share);
            before = price;
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noDataSetBreaksAConstraint(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int n = 20 + random.nextInt(60);
        final List<String> names =
                new ArrayList<>(List.of("entropy", "query_length", "nl_confidence", "miss_rate", "max_idf"));
        Collections.shuffle(names, new Random(seed));
        final float[][] rows = new float[n][names.size()];
        for (final float[] row : rows) {
            for (int f = 0; f < row.length; f++) {
                row[f] = random.nextInt(10) == 0 ? Float.NaN : (float) (random.nextInt(4) + random.nextGaussian());
            }
        }
        final double[][] ndcg10 = new double[3][n];
        final double[][] latencyMs = new double[3][n];
        for (int q = 0; q < n; q++) {
            for (int arm = 0; arm < 3; arm++) {
                ndcg10[arm][q] = random.nextDouble();
                latencyMs[arm][q] = arm + random.nextDouble() - (Float.isNaN(rows[q][0]) ? 0 : rows[q][0] / 9);
            }
        }
        final MeasuredArms measured = new MeasuredArms(ndcg10, latencyMs);
        final TrainingSet set = new TrainingSet(names, rows, measured);
        final Student student = student(
                set,
                randomExpectations(n, random),
                random.nextDouble(),
                MeasuredFrontier.of(measured, DistilSettings.CHEAP, DistilSettings.FULL),
                seed);
        for (final var constraint : MonotoneConstraints.requiredFor(names)) {
            final OutputSpec output =
                    student.plain().outputs().get(constraint.output().ordinal());
            final byte[] knots = output.values()[names.indexOf(constraint.feature())];
            final int sign = constraint.direction() == MonotoneConstraint.Direction.INCREASING ? 1 : -1;
            for (int i = 1; i < knots.length; i++) {
                assertTrue(sign * (knots[i] - knots[i - 1]) >= 0, "seed=" + seed + ", " + constraint);
            }
        }
    }

    @Test
    void theSpendCapReachesFullsCostWhereFullIsWorthMoreThanCheapAndNeverForbidsCheap() {
        final MeasuredQueries training = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 800, 41);
        final TrainingSet set = TrainingSet.of(training);
        final SplittableRandom random = new SplittableRandom(1);
        final Expectations expected = randomExpectations(set.size(), random);
        final var frontier = MeasuredFrontier.of(set.measured(), DistilSettings.CHEAP, DistilSettings.FULL);
        final double price = BudgetPrice.at(0.5, expected, set.measured());
        final Student student = student(set, expected, price, frontier, 1);
        final RouterArtifact table = TableDraft.of(
                student,
                student.plain(),
                new Distillation.Recipe(settings(price, 1), frontier, ForestSettings.STANDARD));
        final float[] caps =
                TableOutputs.of(table, set.featureNames(), set.rows()).spendCapMs();
        final float cheapMs = frontier.get(0).p95CostMs();
        final float fullMs = frontier.get(1).p95CostMs();
        final double[] wanted = Targets.breakEvenMs(expected, price, frontier);
        for (int q = 0; q < set.size(); q++) {
            final double full = expected.fullGain()[q] - price * expected.fullCostMs()[q];
            final double cheap = expected.cheapGain()[q] - price * expected.cheapCostMs()[q];
            if (Math.abs(full - cheap) > 1e-12) { // else rounding decides, and nothing hangs on it
                assertEquals(full > cheap, wanted[q] >= fullMs, "query " + q + ": " + full + ", " + cheap);
            }
            assertTrue(wanted[q] >= cheapMs, "query " + q + ": " + wanted[q] + " < " + cheapMs);
            assertTrue(caps[q] >= cheapMs, "query " + q + ": " + caps[q] + " < " + cheapMs);
        }
    }

    @Test
    void aBreakEvenCostIsTheCostAtWhichFullWouldBeWorthNoMoreThanCheap() {
        final List<FrontierPoint> frontier =
                List.of(new FrontierPoint(Arm.CHEAP, 0, 20, 20, 2), new FrontierPoint(Arm.FULL, 100, 100, 50, 4));
        final Expectations expected = new Expectations(
                new double[4],
                new double[] {0.10, 0.10, 0.10, 0.10},
                new double[] {0.07, 0.08, 0.09, 0.50},
                new double[4],
                new double[] {3, 3, 3, 3},
                new double[] {1, 1, 1, 1});
        // at 0.01 nDCG per ms FULL's two ms more are worth 0.02: 1 ms is left, then nothing, then 1 ms is missing
        assertArrayEquals(new double[] {5, 4, 3, 3}, Targets.breakEvenMs(expected, 0.01, frontier), 1e-12);
        // where time is free what gains more decides
        assertArrayEquals(new double[] {5, 5, 5, 3}, Targets.breakEvenMs(expected, 0, frontier), 1e-12);
        // a FULL that isn't dearer is never forbidden
        assertArrayEquals(
                new double[] {2, 2, 2, 2},
                Targets.breakEvenMs(
                        expected,
                        0.01,
                        List.of(
                                new FrontierPoint(Arm.CHEAP, 0, 20, 20, 2),
                                new FrontierPoint(Arm.FULL, 100, 100, 50, 2))),
                1e-12);
    }

    @Test
    void refusesTooFewQueriesAndAFullArmThatCostsNothing() {
        final MeasuredQueries few = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 49, 1);
        assertTrue(
                refusal(() -> Distiller.distil(few, settings(), Progress.NONE)).contains("queries=49 < 50"));
        final MeasuredQueries free = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 60, 1);
        free.queries().forEach(query -> query.latencyMicros()[2] = query.latencyMicros()[0]);
        assertTrue(
                refusal(() -> Distiller.distil(free, settings(), Progress.NONE)).contains("latency_us"));
    }

    @Test
    void foldsDependOnIdsAloneAndAreEven() {
        final MeasuredQueries queries = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 503, 1);
        final List<MeasuredQuery> reversed = new ArrayList<>(queries.queries());
        Collections.reverse(reversed);
        final Folds folds = Folds.of(queries, 5, 9);
        final Folds again = Folds.of(new MeasuredQueries(queries.featureNames(), reversed), 5, 9);
        for (int q = 0; q < 503; q++) {
            assertEquals(folds.of()[q], again.of()[502 - q]);
        }
        for (int k = 0; k < 5; k++) {
            final int fold = k;
            assertEquals(100.6, folds.where(f -> f == fold).length, 1);
        }
    }

    private static DistilSettings settings() {
        return DistilSettings.standard().withEffort(DistilSettings.Effort.QUICK);
    }

    private static DistilSettings settings(final double price, final long seed) {
        final DistilSettings standard = settings();
        return new DistilSettings(
                standard.key(),
                standard.budget(),
                OptionalDouble.of(price),
                standard.frontier(),
                standard.baseline(),
                standard.inputs(),
                standard.effort(),
                seed);
    }

    private static Student student(
            final TrainingSet set,
            final Expectations expected,
            final double price,
            final List<FrontierPoint> frontier,
            final long seed) {
        try (Distillation fitted = Distillation.of(
                set, expected, new Distillation.Recipe(settings(price, seed), frontier, ForestSettings.STANDARD))) {
            return fitted.student();
        }
    }

    private static Expectations randomExpectations(final int n, final SplittableRandom random) {
        return new Expectations(
                random.doubles(n).toArray(),
                random.doubles(n, -0.2, 0.5).toArray(),
                random.doubles(n, -0.2, 0.4).toArray(),
                random.doubles(n, 0.01, 0.6).toArray(),
                random.doubles(n, 2, 4).toArray(),
                random.doubles(n, 0.5, 2).toArray());
    }

    /** The message of the refusal. */
    private static String refusal(final Executable call) {
        return String.valueOf(assertThrows(BadInputException.class, call).getMessage());
    }
}

package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.LogSupport;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.MeasuredFrontier;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.Thresholds;
import io.t1.ops.gate.Verdict;
import io.t1.ops.lab.LoggingPolicy;
import io.t1.ops.observation.LoggedQueries;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.RouterArtifact;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Logs whose truth is known, since every arm was measured before one was logged. */
class LoggedDistillationTest {
    private static final DistilSettings QUICK = DistilSettings.standard().withEffort(DistilSettings.Effort.QUICK);

    private static LoggedQueries logged(final MeasuredQueries measured, final LoggingPolicy policy, final long seed) {
        return new LoggedQueries(measured.featureNames(), policy.log(measured, seed));
    }

    /** The same queries, with gains that rise with entropy and stand out of the noise, so that few rows show them. */
    private static MeasuredQueries clear(final int count, final long seed) {
        final MeasuredQueries queries = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, count, seed);
        final SplittableRandom random = new SplittableRandom(seed);
        queries.queries().forEach(query -> {
            final double skip = 0.2 + 0.2 * random.nextDouble();
            final double gain = 0.5 * Math.max(0, query.features()[0] - 1) * random.nextDouble();
            query.ndcg10()[Arm.SKIP.code()] = skip;
            query.ndcg10()[Arm.CHEAP.code()] = skip + gain / 2;
            query.ndcg10()[Arm.FULL.code()] = skip + gain;
        });
        return queries;
    }

    private static LoggedEvidence evidence(final LoggedQueries log) {
        final List<String> ids =
                log.queries().stream().map(LoggedQuery::queryId).toList();
        return LoggedEvidence.of(log, Folds.of(ids, 5, 1), 1, Progress.NONE);
    }

    /** FULL from an entropy up, else SKIP. */
    private static byte[] byEntropy(final MeasuredQueries queries) {
        final byte[] arms = new byte[queries.queries().size()];
        for (int q = 0; q < arms.length; q++) {
            arms[q] = queries.queries().get(q).features()[0] > 1.3 ? Arm.FULL.code() : Arm.SKIP.code();
        }
        return arms;
    }

    @Test
    void intervalsOfScoresCoverWhatEveryArmMeasuredWouldHaveSaid() {
        final int logs = 24;
        int covered = 0;
        double bias = 0;
        for (int seed = 0; seed < logs; seed++) {
            final MeasuredQueries measured = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 400, seed);
            final LoggingPolicy policy = seed % 2 == 0 ? LoggingPolicy.UNIFORM : new LoggingPolicy(0.5);
            final MeasuredArms scores =
                    evidence(logged(measured, policy, seed)).all().measured();
            final MeasuredArms truth = MeasuredArms.of(measured);
            final byte[] arms = byEntropy(measured);
            final double[] said = new double[arms.length];
            double gain = 0;
            for (int q = 0; q < arms.length; q++) {
                said[q] = scores.gain(arms[q], q);
                gain += truth.gain(arms[q], q) / arms.length;
            }
            final BcaEstimate estimate = BcaBootstrap.STANDARD.ofMean(said);
            covered += estimate.lo() <= gain && gain <= estimate.hi() ? 1 : 0;
            bias += (estimate.estimate() - gain) / logs;
        }
        assertTrue(covered >= 21, "of " + logs + " intervals cover " + covered);
        assertEquals(0, bias, 0.01);
    }

    @Test
    void whoIsJudgedOnAFoldLearnsFromScoresThatItDidNotEnter() {
        final MeasuredQueries measured = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 400, 1);
        final LoggedQueries log = logged(measured, LoggingPolicy.UNIFORM, 1);
        final Folds folds =
                Folds.of(log.queries().stream().map(LoggedQuery::queryId).toList(), 5, 1);
        // what happened to the queries of fold 2 is turned upside down
        final LoggedQueries turned = new LoggedQueries(
                log.featureNames(),
                IntStream.range(0, 400)
                        .mapToObj(q -> folds.of()[q] == 2
                                ? with(
                                        log.queries().get(q),
                                        1 - log.queries().get(q).ndcg10())
                                : log.queries().get(q))
                        .toList());
        final int[] others = folds.where(fold -> fold != 2);
        final TrainingSet before = evidence(log).without(2, 2).at(others);
        final TrainingSet after = evidence(turned).without(2, 2).at(others);
        assertTrue(
                Arrays.deepEquals(before.measured().ndcg10(), after.measured().ndcg10()), "fold 2 was seen");
        final double[][] judging = evidence(log).all().at(others).measured().ndcg10();
        assertTrue(
                !Arrays.deepEquals(
                        judging, evidence(turned).all().at(others).measured().ndcg10()),
                "it is used");
    }

    private static LoggedQuery with(final LoggedQuery query, final double ndcg10) {
        return new LoggedQuery(
                query.queryId(),
                query.slice(),
                query.features(),
                query.arm(),
                query.propensity(),
                ndcg10,
                query.latencyMicros(),
                query.topTen());
    }

    @Test
    void aTableOfALogBeatsChanceOnQueriesWithEveryArmMeasuredAsItsReportSaid() {
        final MeasuredQueries measured = clear(2_000, 11);
        final DistilResult result = Distiller.distil(logged(measured, LoggingPolicy.UNIFORM, 4), QUICK, Progress.NONE);
        final Spending said = result.report().spending();
        assertEquals(Verdict.Outcome.PASSED, said.verdict().outcome(), said.toString());
        assertNotNull(said.support());
        assertEquals(1.0 / 3, said.support().essOverN(), 0.03);
        assertTrue(Double.isNaN(result.report().auc().auc()), "nobody saw whom FULL helped");
        assertEquals(1.0, result.artifact().provenance().metrics().get(Distiller.LOGGED));

        final MeasuredQueries fresh = clear(20_000, 12);
        final Spending shown = Spending.of(MeasuredArms.of(fresh), arms(result.artifact(), fresh));
        assertTrue(
                shown.overBestRandom().lowerBound() > 0.005,
                shown.overBestRandom().toString());
        assertTrue(
                said.overBestRandom().lo() < shown.overBestRandom().estimate()
                        && shown.overBestRandom().estimate()
                                < said.overBestRandom().hi(),
                "said " + said.overBestRandom() + ", shown " + shown.overBestRandom());
        assertEquals(shown.costShare(), said.costShare(), 0.03);
    }

    private static byte[] arms(final RouterArtifact table, final MeasuredQueries queries) {
        final TableOutputs outputs = TableOutputs.of(
                table,
                queries.featureNames(),
                queries.queries().stream().map(query -> query.features()).toArray(float[][]::new));
        final double full = table.gate().thetaStar();
        return new ArmAdmission(table, table.gate().tauMean())
                .admit(outputs)
                .armsUnder(new Thresholds(full, full - table.gate().delta()));
    }

    @Test
    void aLogThatHardlyEverRanWhatT1WouldClosesTheGate() {
        final MeasuredQueries measured = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 1_000, 5);
        final DistilResult rare = Distiller.distil(logged(measured, new LoggingPolicy(0.15), 1), QUICK, Progress.NONE);
        assertUnsupported(rare);
        final LogSupport support = rare.report().spending().support();
        assertTrue(support != null && support.essOverN() < 0.2 && support.covered(), support + "");

        final DistilResult wrong = Distiller.distil(
                changed(logged(measured, LoggingPolicy.UNIFORM, 1), query -> claiming(query, 1)), QUICK, Progress.NONE);
        assertUnsupported(wrong);
        final LogSupport ofWrong = wrong.report().spending().support();
        assertTrue(ofWrong != null && !ofWrong.covered(), ofWrong + "");
    }

    private static void assertUnsupported(final DistilResult result) {
        assertEquals(Verdict.Outcome.UNSUPPORTED, result.report().verdict().outcome());
        assertEquals(TableStatus.BASELINE, result.report().status());
        assertTrue(result.artifact().gate().thetaStar() > 2, "closed");
    }

    private static LoggedQueries changed(final LoggedQueries log, final UnaryOperator<LoggedQuery> change) {
        return new LoggedQueries(
                log.featureNames(), log.queries().stream().map(change).toList());
    }

    private static LoggedQuery claiming(final LoggedQuery query, final double propensity) {
        return new LoggedQuery(
                query.queryId(),
                query.slice(),
                query.features(),
                query.arm(),
                propensity,
                query.ndcg10(),
                query.latencyMicros(),
                query.topTen());
    }

    @Test
    void costsOfArmsAreThoseThatEveryArmMeasuredShows() {
        final MeasuredQueries measured = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 3_000, 8);
        final List<FrontierPoint> truth =
                MeasuredFrontier.of(MeasuredArms.of(measured), DistilSettings.CHEAP, DistilSettings.FULL);
        final List<FrontierPoint> said = MeasuredFrontier.of(
                evidence(logged(measured, new LoggingPolicy(0.5), 2)).all().measured(),
                DistilSettings.CHEAP,
                DistilSettings.FULL);
        for (int p = 0; p < truth.size(); p++) {
            assertEquals(1, said.get(p).p95CostMs() / truth.get(p).p95CostMs(), 0.05, said + " for " + truth);
        }
    }

    @Test
    void aQueryThatWasLoggedAgainStaysInOneFold() {
        final Folds folds = Folds.of(List.of("a", "b", "a", "c", "b", "a"), 5, 7);
        assertEquals(folds.of()[0], folds.of()[2]);
        assertEquals(folds.of()[0], folds.of()[5]);
        assertEquals(folds.of()[1], folds.of()[4]);
        assertEquals(3, Arrays.stream(folds.of()).distinct().count());
    }
}

package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.GateResult;
import io.t1.ops.gate.GateSearch;
import io.t1.ops.gate.GateTables;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.Thresholds;
import io.t1.ops.gate.ValidationQueries;
import io.t1.ops.gate.Verdict;
import io.t1.ops.lab.LoggingPolicy;
import io.t1.ops.observation.LoggedQueries;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.router.artifact.RouterArtifact;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Gates set on logs drawn from queries whose every arm was measured, beside gates set on those. */
class LoggedGateTest {
    private static RouterArtifact table;
    private static MeasuredQueries validation;
    private static ValidationQueries uniform;

    @BeforeAll
    static void distilOnce() {
        table = Distiller.distil(
                        SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 1_200, 1),
                        DistilSettings.standard().withEffort(DistilSettings.Effort.QUICK),
                        Progress.NONE)
                .artifact();
        validation = SyntheticQueries.of(SyntheticQueries.Signal.WEAK, 4_000, 2);
        uniform = scored(LoggingPolicy.UNIFORM);
    }

    @Test
    void barsFromALogSpendAndGainAsThoseFromTheRowsThatItWasDrawnFrom() {
        final Budget half = new Budget.MeanShare(0.5);
        final GateResult measured = search(ValidationQueries.of(validation), half);
        final GateResult logged = search(uniform, half);
        final Spending said = logged.report().spending();
        assertNotNull(said.support());
        assertEquals(1.0 / 3, said.support().essOverN(), 0.03);
        assertTrue(Double.isNaN(said.boundGainShare()), "nobody saw what each query could have gained");
        assertEquals(measured.report().thetaStar(), logged.report().thetaStar(), 0.1f);

        final Spending truth = spendingOf(logged.artifact());
        assertEquals(truth.costShare(), said.costShare(), 0.02);
        assertTrue(
                said.overBestRandom().lo() < truth.overBestRandom().estimate()
                        && truth.overBestRandom().estimate()
                                < said.overBestRandom().hi(),
                "said " + said.overBestRandom() + ", true " + truth.overBestRandom());
        assertTrue(
                truth.gainShare() > measured.report().spending().gainShare() - 0.05,
                "gain kept=" + truth.gainShare() + " by the log's bars, "
                        + measured.report().spending().gainShare() + " by those of the measured rows");
    }

    @Test
    void aLiftOfTheP95IsKeptByWhatTheRowsOfEachArmTook() {
        final double limitMs = 4.4;
        final GateResult logged = search(uniform, new Budget.P95Lift(limitMs, Double.NaN));
        assertTrue(logged.report().verdict().passed(), logged.report().verdict().toString());
        final Spending truth = spendingOf(logged.artifact());
        final double lift = truth.p95Ms() - truth.armP95Ms()[Arm.SKIP.code()];
        assertTrue(lift <= limitMs * 1.05, "lift=" + lift);
        assertTrue(lift >= limitMs * 0.5, "lift=" + lift + ": hardly any of what is allowed is spent");
        assertEquals(truth.p95Ms(), logged.report().spending().p95Ms(), 0.05 * truth.p95Ms());
    }

    @Test
    void aLogThatHardlyEverRanWhatTheTableWouldClosesTheGate() {
        final GateResult rare = search(scored(new LoggingPolicy(0.1)), new Budget.MeanShare(0.5));
        assertEquals(Verdict.Outcome.UNSUPPORTED, rare.report().verdict().outcome());
        assertEquals(0, spendingOf(rare.artifact()).costMs());
    }

    @Test
    void barsOfAFoldAreChosenByScoresThatItDidNotEnter() {
        final LoggedQueries log = new LoggedQueries(
                validation.featureNames(),
                LoggingPolicy.UNIFORM.log(validation, 3).subList(0, 400));
        final ValidationQueries before = LoggedValidation.of(log, Progress.NONE);
        final ValidationQueries after = LoggedValidation.of(
                new LoggedQueries(
                        log.featureNames(),
                        IntStream.range(0, log.queries().size())
                                .mapToObj(q -> before.fold()[q] == 2
                                        ? upsideDown(log.queries().get(q))
                                        : log.queries().get(q))
                                .toList()),
                Progress.NONE);
        assertArrayEquals(
                others(before.unseen().apply(2), before), others(after.unseen().apply(2), before));
        assertNotEquals(others(before.measured(), before)[0][0], others(after.measured(), before)[0][0], "it is used");
    }

    private static LoggedQuery upsideDown(final LoggedQuery query) {
        return new LoggedQuery(
                query.queryId(),
                query.slice(),
                query.features(),
                query.arm(),
                query.propensity(),
                1 - query.ndcg10(),
                query.latencyMicros(),
                query.topTen());
    }

    /** nDCG of the queries outside fold 2. */
    private static double[][] others(final MeasuredArms arms, final ValidationQueries queries) {
        return arms.at(IntStream.range(0, queries.fold().length)
                        .filter(q -> queries.fold()[q] != 2)
                        .toArray())
                .ndcg10();
    }

    private static GateResult search(final ValidationQueries queries, final Budget budget) {
        return GateSearch.search(GateTables.of(table), queries, List.of(), table.frontier(), budget, Progress.NONE);
    }

    private static ValidationQueries scored(final LoggingPolicy policy) {
        return LoggedValidation.of(
                new LoggedQueries(validation.featureNames(), policy.log(validation, 3)), Progress.NONE);
    }

    /** What a table's gate truly does with the rows that were logged from. */
    private static Spending spendingOf(final RouterArtifact gated) {
        final TableOutputs outputs = TableOutputs.of(
                gated,
                validation.featureNames(),
                validation.queries().stream().map(MeasuredQuery::features).toArray(float[][]::new));
        final double full = gated.gate().thetaStar();
        return Spending.of(
                MeasuredArms.of(validation),
                new ArmAdmission(gated, gated.gate().tauMean())
                        .admit(outputs)
                        .armsUnder(new Thresholds(full, full - gated.gate().delta())));
    }
}

package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.GateSearch;
import io.t1.ops.gate.LogSupport;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.MeasuredFrontier;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.gate.Thresholds;
import io.t1.ops.gate.Verdict;
import io.t1.ops.observation.LearnableQueries;
import io.t1.ops.observation.LoggedQueries;
import io.t1.ops.observation.LoggedQuery;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.statistics.Percentiles;
import io.t1.ops.statistics.RocAuc;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.MonotoneCertificate;
import io.t1.router.artifact.RouterArtifact;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Learns a router table from queries measured under every arm.
 *
 * <p>Teachers are cross-fitted over five folds; the student learns from what teachers expect of queries that they haven't
 * seen. Five more students, each without a fold, say how good such a table is on unseen queries and where its thresholds
 * stand: these are taken over by share of queries, since shares, unlike fits, don't flatter. When that judgement doesn't
 * show a gain over random spending, the gate is closed.
 */
public final class Distiller {
    /** Fewest queries from which five folds can be made sense of. */
    public static final int FEWEST_QUERIES = LearnableQueries.FEWEST;

    /** Metric, 1, of a table that isn't to ship: it isn't shown to lose nothing against its teacher. */
    public static final String REJECTED = "rejected";

    /** Metric, 1, of a table learnt from a log: its {@code score} is FULL's expected gain, not a chance. */
    public static final String LOGGED = "learnt_from_a_log";

    private static final int FOLDS = 5;
    private static final double HARD_ENTROPY = 2.0 / 3;

    private Distiller() {}

    /**
     * Distils. The same queries and settings give the same table, byte for byte.
     *
     * @throws BadInputException if there are too few queries, or FULL costs nothing over SKIP.
     */
    public static DistilResult distil(
            final MeasuredQueries training, final DistilSettings settings, final Progress progress) {
        return distil(training, settings, LargeSets.STANDARD, progress);
    }

    /** The same with other bounds on what is done with all queries. */
    public static DistilResult distil(
            final MeasuredQueries training,
            final DistilSettings settings,
            final LargeSets large,
            final Progress progress) {
        return training.queries().size() > large.mostCrossFitted()
                ? HeldOutDistiller.distil(new InMemoryQueries(training), settings, large, progress)
                : learn(training, settings, progress).result();
    }

    /**
     * Distils queries that needn't lie in this process: whatever their number, some are held out to judge the table by.
     *
     * @throws BadInputException as the others.
     */
    public static DistilResult distil(
            final ObservedQueries queries,
            final DistilSettings settings,
            final LargeSets large,
            final Progress progress) {
        return HeldOutDistiller.distil(queries, settings, large, progress);
    }

    /**
     * A table with what it was judged by.
     *
     * @param expectations of the teachers that it learnt from.
     * @param claims of each step's tables, cross-fitted.
     */
    record Learnt(
            TrainingSet set,
            Folds folds,
            Distillation.Recipe recipe,
            CrossFitting expectations,
            CrossFittedClaims claims,
            Judgement judgement,
            DistilResult result) {}

    static Learnt learn(final MeasuredQueries training, final DistilSettings settings, final Progress progress) {
        final TrainingSet set = TrainingSet.of(training);
        requireSense(set);
        return learn(Evidence.of(set), Folds.of(training, FOLDS, settings.seed()), settings, progress);
    }

    /**
     * Distils a log of one arm a query. What a policy gains is estimated off-policy then; where the log says too little of
     * what T1 would do, the gate is closed.
     *
     * @throws BadInputException as the other.
     */
    public static DistilResult distil(final LoggedQueries log, final DistilSettings settings, final Progress progress) {
        final Folds folds =
                Folds.of(log.queries().stream().map(LoggedQuery::queryId).toList(), FOLDS, settings.seed());
        final LoggedEvidence evidence = LoggedEvidence.of(log, folds, settings.seed(), progress);
        requireSense(evidence.all());
        return learn(evidence, folds, settings, progress).result();
    }

    private static Learnt learn(
            final Evidence evidence, final Folds folds, final DistilSettings settings, final Progress progress) {
        final PhaseClock clock = new PhaseClock(PhaseClock.Phase.SEARCH);
        final TrainingSet set = evidence.all();
        final ForestSearch.Found forest =
                ForestSearch.search(evidence, folds, settings.effort().forests(), settings.seed(), progress);
        final Distillation.Recipe recipe =
                new Distillation.Recipe(settings, frontier(settings, set), forest.settings());
        clock.enter(PhaseClock.Phase.TEACHER);
        final CrossFitting expectations = CrossFitting.run(evidence, folds, recipe.forest(), settings.seed(), progress);

        clock.enter(PhaseClock.Phase.JUDGE);
        final CrossFittedClaims claims = CrossFittedClaims.of(evidence, folds, expectations, recipe, progress);
        final Judgement judgement = Judgement.of(evidence, folds, claims, settings, progress);
        try (Distillation fitted = Distillation.of(set, expectations.ofAll(), recipe, clock)) {
            final RouterArtifact table = table(fitted.student(), set, recipe, claims, judgement);
            final DistilResult result = new DistilResult(
                    table,
                    report(table, fitted.student(), judgement, forest),
                    fitted.shapes(set, expectations.ofAll(), body(fitted.student(), judgement), recipe.frontier()),
                    new DistilRun(set.size(), set.size(), set.size(), clock.seconds()));
            return new Learnt(set, folds, recipe, expectations, claims, judgement, result);
        }
    }

    /** The settings' frontier, or one of what the arms cost. */
    static List<FrontierPoint> frontier(final DistilSettings settings, final TrainingSet set) {
        return settings.frontier().isEmpty()
                ? MeasuredFrontier.of(set.measured(), DistilSettings.CHEAP, DistilSettings.FULL)
                : settings.frontier();
    }

    /** What ships of a student. */
    static TableBody body(final Student student, final Judgement judgement) {
        return judgement.table() == FidelityStep.PAIRS ? student.paired() : student.plain();
    }

    /**
     * The table that ships.
     *
     * @param set that the student was fitted to.
     * @param claims on queries that it hadn't seen, as {@code judgement} was made of.
     */
    static RouterArtifact table(
            final Student student,
            final TrainingSet set,
            final Distillation.Recipe recipe,
            final CrossFittedClaims claims,
            final Judgement judgement) {
        final RouterArtifact gated = gated(
                TableDraft.of(student, body(student, judgement), recipe),
                set,
                judgement.choice(),
                claims.claims(judgement.table()),
                judgement.spending().verdict());
        return TableDraft.finished(
                gated,
                TableDraft.provenance(
                        recipe.settings(),
                        set.size(),
                        metrics(set, student, judgement),
                        TrainingCounts.of(set.rows(), student.features())));
    }

    static DistilReport report(
            final RouterArtifact table,
            final Student student,
            final Judgement judgement,
            final ForestSearch.Found forest) {
        return judgement.report(
                table.features().size(), student.price(), student.agreement(), MonotoneCertificate.of(table), forest);
    }

    /** Sets the bars where the same shares of the training queries lie above them as of the cross-fitted claims. */
    private static RouterArtifact gated(
            final RouterArtifact artifact,
            final TrainingSet set,
            final ThresholdChoice choice,
            final ClaimedArms crossFitted,
            final Verdict verdict) {
        final TableOutputs outputs = TableOutputs.of(artifact, set.featureNames(), set.rows());
        final float tauMean = (float) outputs.meanTau();
        final ClaimedArms own = new ArmAdmission(artifact, tauMean).admit(outputs);
        final Thresholds bars =
                verdict.passed() ? choice.thresholds().transferred(crossFitted, own) : Thresholds.CLOSED;
        final GateSpec gate = new GateSpec(
                bars.thetaStar(), bars.delta(), tauMean, artifact.gate().epsilon());
        return GateSearch.withGate(artifact, gate, artifact.frontier());
    }

    private static Map<String, Double> metrics(
            final TrainingSet set, final Student student, final Judgement judgement) {
        final Spending spending = judgement.spending();
        final RocAuc auc = judgement.auc();
        final Map<String, Double> metrics = new TreeMap<>(student.agreement());
        metrics.put("price_ndcg_per_ms", student.price());
        metrics.put("cross_fitted_gain_share", spending.gainShare());
        metrics.put("cross_fitted_cost_share", spending.costShare());
        metrics.put("cross_fitted_over_best_random", spending.overBestRandom().estimate());
        metrics.put(
                GateSearch.CROSS_FITTED_LOWER_BOUND, spending.overBestRandom().lowerBound());
        metrics.put(GateSearch.QUERIES_NEEDED, (double) spending.verdict().queriesNeeded());
        metrics.put("cross_fitted_aece", judgement.calibration().debiased());
        metrics.put("no_regret", judgement.noRegret().difference().estimate());
        metrics.put("no_regret_lcb", judgement.noRegret().difference().lowerBound());
        metrics.put("agreement_with_teacher", judgement.noRegret().agreement());
        if (judgement.status() == TableStatus.REJECTED) {
            metrics.put(REJECTED, 1.0);
        }
        final LogSupport support = spending.support();
        if (support != null) {
            metrics.put(LOGGED, 1.0);
            metrics.put("ess_over_n", support.essOverN());
        }
        if (!Double.isNaN(auc.auc())) {
            metrics.put("cross_fitted_auc", auc.auc());
        }
        final int entropy = set.feature("entropy");
        if (entropy >= 0) {
            final double[] values = present(set.column(entropy));
            if (values.length > 0) {
                metrics.put("hard_nl_entropy_cut", Percentiles.ofSorted(values, HARD_ENTROPY));
            }
        }
        return metrics;
    }

    private static double[] present(final float[] column) {
        final double[] values = new double[column.length];
        int count = 0;
        for (final float value : column) {
            if (!Float.isNaN(value)) {
                values[count++] = value;
            }
        }
        final double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted;
    }

    /** Refuses what nothing can be learnt from. */
    static void requireSense(final TrainingSet set) {
        if (set.size() < FEWEST_QUERIES) {
            throw new BadInputException("queries=" + set.size() + " < " + FEWEST_QUERIES
                    + ": too few to learn from and to judge by; collect more");
        }
        if (set.featureNames().isEmpty()) {
            throw new BadInputException("the rows have no feature to learn from: name columns with --features");
        }
        final MeasuredArms measured = set.measured();
        if (!(measured.meanCostMs(Arm.FULL.code()) > 0)) {
            throw new BadInputException("mean latency of FULL less SKIP=" + measured.meanCostMs(Arm.FULL.code())
                    + " ms <= 0: there is nothing to save; check latency_us");
        }
    }
}

package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ArmAdmission;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.GateSearch;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.MeasuredFrontier;
import io.t1.ops.gate.Spending;
import io.t1.ops.gate.TableOutputs;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.gate.Thresholds;
import io.t1.ops.gate.Verdict;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.statistics.Percentiles;
import io.t1.ops.statistics.RocAuc;
import io.t1.router.artifact.FrontierPoint;
import io.t1.router.artifact.GateSpec;
import io.t1.router.artifact.GoldenVectors;
import io.t1.router.artifact.MonotoneConstraints;
import io.t1.router.artifact.Provenance;
import io.t1.router.artifact.RefusedArtifactException;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.artifact.RouterArtifactJson;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

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
    public static final int FEWEST_QUERIES = 50;

    private static final int FOLDS = 5;
    private static final int GOLDEN = 64;
    private static final double CONFIDENCE = 0.95;
    private static final double HARD_ENTROPY = 2.0 / 3;
    private static final String TOOL = "t1 distil 0.1.0";

    private Distiller() {}

    /**
     * Distils. The same queries and settings give the same table, byte for byte.
     *
     * @throws BadInputException if there are too few queries, or FULL costs nothing over SKIP.
     */
    public static DistilResult distil(
            final MeasuredQueries training, final DistilSettings settings, final Progress progress) {
        final TrainingSet set = TrainingSet.of(training);
        requireSense(set);
        final List<FrontierPoint> frontier = settings.frontier().isEmpty()
                ? MeasuredFrontier.of(set.measured(), DistilSettings.CHEAP, DistilSettings.FULL)
                : settings.frontier();
        final Folds folds = Folds.of(training, FOLDS, settings.seed());
        final CrossFitting expectations = CrossFitting.run(set, folds, settings.seed(), progress);

        final CrossFittedClaims judged = crossFit(set, folds, expectations, frontier, settings, progress);
        final ThresholdChoice choice = ThresholdChoice.under(settings.budget(), judged.claimed, set.measured());
        final Spending spending = Spending.of(
                set.measured(),
                ThresholdChoice.crossFittedArms(
                        settings.budget(), judged.claimed, set.measured(), folds.of(), folds.count()));
        final RocAuc auc = RocAuc.of(judged.score, benefits(set), CONFIDENCE);

        final Student student = student(set, expectations.ofAll(), frontier, settings);
        final RouterArtifact ungated =
                artifact(student, frontier, settings, provenance(set, student, spending, auc, settings));
        final RouterArtifact artifact = checked(gated(ungated, set, choice, judged.claimed, spending.verdict()));
        return new DistilResult(
                artifact,
                new DistilReport(
                        set.size(),
                        set.featureNames().size(),
                        student.price(),
                        choice,
                        spending,
                        auc,
                        student.agreement(),
                        spending.verdict()));
    }

    private record CrossFittedClaims(ClaimedArms claimed, double[] score) {}

    private static CrossFittedClaims crossFit(
            final TrainingSet set,
            final Folds folds,
            final CrossFitting expectations,
            final List<FrontierPoint> frontier,
            final DistilSettings settings,
            final Progress progress) {
        final int n = set.size();
        final ClaimedArms all = new ClaimedArms(new double[n], new byte[n], new byte[n]);
        final double[] score = new double[n];
        for (int k = 0; k < folds.count(); k++) {
            progress.report("fitting tables", k, folds.count() + 1L);
            final int judged = k;
            final int[] seen = folds.where(fold -> fold != judged);
            final int[] unseen = folds.where(fold -> fold == judged);
            final TrainingSet part = set.at(seen);
            final Student student = student(part, expectations.outside(judged).at(seen), frontier, settings);
            final RouterArtifact table = ungated(student, frontier, settings);
            final float tauMean = (float)
                    TableOutputs.of(table, set.featureNames(), part.rows()).meanTau();
            final TableOutputs outputs =
                    TableOutputs.of(table, set.featureNames(), set.at(unseen).rows());
            final ClaimedArms claimed = new ArmAdmission(table, tauMean).admit(outputs);
            for (int i = 0; i < unseen.length; i++) {
                all.claim()[unseen[i]] = claimed.claim()[i];
                all.fullBecomes()[unseen[i]] = claimed.fullBecomes()[i];
                all.cheapBecomes()[unseen[i]] = claimed.cheapBecomes()[i];
                score[unseen[i]] = outputs.score()[i];
            }
        }
        progress.report("fitting tables", folds.count(), folds.count() + 1L);
        return new CrossFittedClaims(all, score);
    }

    private static Student student(
            final TrainingSet set,
            final Expectations expected,
            final List<FrontierPoint> frontier,
            final DistilSettings settings) {
        final double price = settings.price()
                .orElseGet(() -> BudgetPrice.at(settings.budget().share(), expected, set.measured()));
        return Student.fit(set, expected, price, frontier, settings.seed());
    }

    /** A student as a table with a closed gate. */
    static RouterArtifact ungated(
            final Student student, final List<FrontierPoint> frontier, final DistilSettings settings) {
        return artifact(student, frontier, settings, emptyProvenance(settings));
    }

    private static RouterArtifact artifact(
            final Student student,
            final List<FrontierPoint> frontier,
            final DistilSettings settings,
            final Provenance provenance) {
        final List<String> names =
                student.features().stream().map(feature -> feature.name()).toList();
        final GateSpec closed =
                new GateSpec(Thresholds.CLOSED.thetaStar(), Thresholds.CLOSED.delta(), 0, new float[Arm.COUNT]);
        return new RouterArtifact(
                settings.key(),
                student.features(),
                student.outputs(),
                List.of(),
                MonotoneConstraints.requiredFor(names),
                closed,
                frontier,
                settings.baseline(),
                provenance,
                List.of());
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

    private static RouterArtifact checked(final RouterArtifact artifact) {
        final RouterArtifact golden = artifact.withGolden(
                GoldenVectors.of(artifact, artifact.provenance().seed(), GOLDEN));
        try {
            // what was written is read again: format, monotone certificate, worked examples and checksum
            return RouterArtifactJson.read(RouterArtifactJson.write(golden));
        } catch (final RefusedArtifactException e) {
            throw new IllegalStateException("the table distilled isn't valid: " + e.getMessage(), e);
        }
    }

    private static Provenance provenance(
            final TrainingSet set,
            final Student student,
            final Spending spending,
            final RocAuc auc,
            final DistilSettings settings) {
        final Map<String, Double> metrics = new TreeMap<>(student.agreement());
        metrics.put("price_ndcg_per_ms", student.price());
        metrics.put("cross_fitted_gain_share", spending.gainShare());
        metrics.put("cross_fitted_cost_share", spending.costShare());
        metrics.put("cross_fitted_over_best_random", spending.overBestRandom().estimate());
        metrics.put(
                GateSearch.CROSS_FITTED_LOWER_BOUND, spending.overBestRandom().lowerBound());
        metrics.put(GateSearch.QUERIES_NEEDED, (double) spending.verdict().queriesNeeded());
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
        return new Provenance(TOOL, settings.seed(), set.size(), 0, settings.inputs(), metrics);
    }

    private static Provenance emptyProvenance(final DistilSettings settings) {
        return new Provenance(TOOL, settings.seed(), 0, 0, List.of(), Map.of());
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

    private static boolean[] benefits(final TrainingSet set) {
        final boolean[] benefits = new boolean[set.size()];
        IntStream.range(0, benefits.length).forEach(q -> benefits[q] = set.benefit(q) == 1);
        return benefits;
    }

    private static void requireSense(final TrainingSet set) {
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

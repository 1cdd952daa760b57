package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.gate.Budget;
import io.t1.ops.gate.ClaimedArms;
import io.t1.ops.gate.MeasuredArms;
import io.t1.ops.gate.ThresholdChoice;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.stream.IntStream;

/**
 * What it costs to be additive, before any table: the chance of benefit by forests of depth 1, which are sums of a shape
 * a feature, against depth 6, each under the same budget with bars of its own, on queries that it hadn't seen.
 *
 * @param additiveNdcg mean nDCG@10 of depth 1's policy.
 * @param deepNdcg of depth 6's.
 * @param cost depth 6's less depth 1's, paired by query.
 * @param additiveAuc of depth 1's chances.
 * @param deepAuc of depth 6's.
 */
public record Additivity(double additiveNdcg, double deepNdcg, BcaEstimate cost, double additiveAuc, double deepAuc) {
    private static final int DEEP = 6;
    private static final double CONFIDENCE = 0.95;

    /** Begins to measure it beside whatever else is done; nothing where only one way of growing forests is tried. */
    static Optional<ForkJoinTask<Additivity>> begin(
            final Evidence evidence, final Folds folds, final DistilSettings settings) {
        return settings.effort().forests() == 1
                ? Optional.empty()
                : Optional.of(ForkJoinPool.commonPool()
                        .submit(() -> of(evidence, folds, settings.budget(), settings.seed())));
    }

    static Additivity of(final Evidence evidence, final Folds folds, final Budget budget, final long seed) {
        final TrainingSet set = evidence.all();
        final int[] depths = {1, DEEP};
        final double[][] chances = new double[depths.length][set.size()];
        IntStream.range(0, depths.length * folds.count()).parallel().forEach(i -> {
            final int judged = i % folds.count();
            final int depth = depths[i / folds.count()];
            addChances(
                    evidence,
                    folds,
                    judged,
                    ForestSettings.STANDARD.withDepth(depth),
                    seed,
                    chances[i / folds.count()]);
        });
        final MeasuredArms measured = set.measured();
        final byte[] additive = arms(chances[0], measured, budget, folds);
        final byte[] deep = arms(chances[1], measured, budget, folds);
        final double[] differences = new double[set.size()];
        double additiveNdcg = 0;
        double deepNdcg = 0;
        for (int q = 0; q < differences.length; q++) {
            final double one = measured.ndcg10()[additive[q]][q];
            final double other = measured.ndcg10()[deep[q]][q];
            differences[q] = other - one;
            additiveNdcg += one / differences.length;
            deepNdcg += other / differences.length;
        }
        return new Additivity(
                additiveNdcg,
                deepNdcg,
                BcaBootstrap.STANDARD.ofMean(differences),
                set.auc(chances[0], CONFIDENCE).auc(),
                set.auc(chances[1], CONFIDENCE).auc());
    }

    /** Of one fold's queries, by a forest that saw all others. */
    private static void addChances(
            final Evidence evidence,
            final Folds folds,
            final int judged,
            final ForestSettings settings,
            final long seed,
            final double[] chances) {
        final TrainingSet set = evidence.all();
        final TrainingSet seen = evidence.without(judged, judged).at(folds.where(fold -> fold != judged));
        final int[] unseen = folds.where(fold -> fold == judged);
        final int[] free = new int[set.featureNames().size()];
        try (BoostedTrees forest = BoostedTrees.train(
                seen.benefitObjective(), settings, seen.rows(), seen.benefits(), free, seed + judged)) {
            final double[] said = forest.predict(set.at(unseen).rows());
            for (int i = 0; i < unseen.length; i++) {
                chances[unseen[i]] = said[i];
            }
        }
    }

    private static byte[] arms(
            final double[] chances, final MeasuredArms measured, final Budget budget, final Folds folds) {
        final byte[] full = new byte[chances.length];
        final byte[] cheap = new byte[chances.length];
        Arrays.fill(full, Arm.FULL.code());
        Arrays.fill(cheap, Arm.CHEAP.code());
        return ThresholdChoice.crossFittedArms(
                budget, new ClaimedArms(chances, full, cheap), measured, folds.of(), folds.count());
    }
}

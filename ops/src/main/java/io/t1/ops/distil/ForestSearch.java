package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Finds how to grow the teacher's forests: a few ways drawn from a grid, each grown twice without a fold and judged on it.
 *
 * <p>Of all ways whose loss is within a standard error of the least one's, paired by query, the one with the shallowest
 * trees is taken, and of those the one with the least loss (the rule of Breiman et al. 1984). The folds are the run's
 * own, so the choice has seen what the policies are judged on; teacher and student share it, and it is one of a few.
 */
final class ForestSearch {
    private static final int[] DEPTHS = {1, 2, 3, 4, 6};
    private static final double[] RATES = {0.04, 0.08, 0.15};
    private static final double[] L2 = {2, 10};
    private static final double[] FEWEST_IN_LEAF = {15, 50};
    private static final int JUDGED_FOLDS = 2;

    /** What was found, and all that was tried. */
    record Found(ForestSettings settings, List<TriedForest> tried) {}

    private record Losses(ForestSettings settings, double[] ofQueries, double chance, double gain) {
        double mean() {
            return Arrays.stream(ofQueries).average().orElse(0);
        }
    }

    private ForestSearch() {}

    /**
     * Searches.
     *
     * @param count ways to try; with 1 the standard one is taken unseen.
     */
    static Found search(
            final Evidence evidence, final Folds folds, final int count, final long seed, final Progress progress) {
        if (count == 1) {
            return new Found(ForestSettings.STANDARD, List.of());
        }
        final List<ForestSettings> ways = ways(count, seed);
        final AtomicInteger done = new AtomicInteger();
        final List<Losses> losses = ways.parallelStream()
                .map(way -> {
                    final Losses found = judge(way, evidence, folds, seed);
                    progress.report("choosing the teacher", done.incrementAndGet(), ways.size());
                    return found;
                })
                .toList();
        final Losses chosen = choose(losses);
        return new Found(
                chosen.settings(),
                losses.stream()
                        .map(one -> new TriedForest(
                                one.settings().toString(),
                                one.settings().depth(),
                                one.chance(),
                                one.gain(),
                                one.settings().equals(chosen.settings())))
                        .toList());
    }

    /** The standard way, the additive and the deepest one beside it, and others of the grid, each once. */
    static List<ForestSettings> ways(final int count, final long seed) {
        final List<ForestSettings> grid = new ArrayList<>();
        for (final int depth : DEPTHS) {
            for (final double rate : RATES) {
                for (final double l2 : L2) {
                    for (final double fewest : FEWEST_IN_LEAF) {
                        grid.add(new ForestSettings(depth, rate, l2, fewest));
                    }
                }
            }
        }
        final SplittableRandom random = new SplittableRandom(seed);
        final List<ForestSettings> ways = new ArrayList<>(List.of(
                ForestSettings.STANDARD,
                ForestSettings.STANDARD.withDepth(DEPTHS[0]),
                ForestSettings.STANDARD.withDepth(DEPTHS[DEPTHS.length - 1])));
        while (ways.size() < Math.min(count, grid.size())) {
            final ForestSettings drawn = grid.get(random.nextInt(grid.size()));
            if (!ways.contains(drawn)) {
                ways.add(drawn);
            }
        }
        return List.copyOf(ways.subList(0, Math.min(count, ways.size())));
    }

    private static Losses choose(final List<Losses> losses) {
        Losses least = losses.getFirst();
        for (final Losses one : losses) {
            least = one.mean() < least.mean() ? one : least;
        }
        Losses chosen = least;
        for (final Losses one : losses) {
            final boolean shallower = one.settings().depth() < chosen.settings().depth()
                    || (one.settings().depth() == chosen.settings().depth() && one.mean() < chosen.mean());
            if (shallower && withinAStandardError(one.ofQueries(), least.ofQueries())) {
                chosen = one;
            }
        }
        return chosen;
    }

    private static boolean withinAStandardError(final double[] losses, final double[] least) {
        final int n = losses.length;
        double mean = 0;
        for (int i = 0; i < n; i++) {
            mean += (losses[i] - least[i]) / n;
        }
        double squares = 0;
        for (int i = 0; i < n; i++) {
            squares += Math.pow(losses[i] - least[i] - mean, 2);
        }
        return mean <= Math.sqrt(squares / Math.max(1, n - 1) / n);
    }

    private static Losses judge(
            final ForestSettings settings, final Evidence evidence, final Folds folds, final long seed) {
        final TrainingSet set = evidence.all();
        final BoostedTrees.Objective objective = set.benefitObjective();
        final int[] judged = folds.where(fold -> fold < JUDGED_FOLDS);
        final double[] chance = new double[set.size()];
        final double[] chanceOfMean = new double[set.size()];
        final double[] gain = new double[set.size()];
        final double[] gainOfMean = new double[set.size()];
        for (int k = 0; k < JUDGED_FOLDS; k++) {
            final int without = k;
            final TrainingSet seen = evidence.without(without, without).at(folds.where(fold -> fold != without));
            final int[] unseen = folds.where(fold -> fold == without);
            final int[] free = new int[set.featureNames().size()];
            final double[] benefits = seen.benefits();
            final double[] gains = seen.gains(Arm.FULL.code());
            final double meanBenefit = Arrays.stream(benefits).average().orElse(0);
            final double meanGain = Arrays.stream(gains).average().orElse(0);
            try (BoostedTrees chances = BoostedTrees.train(objective, settings, seen.rows(), benefits, free, seed);
                    BoostedTrees means = BoostedTrees.train(
                            BoostedTrees.Objective.MEAN, settings, seen.rows(), gains, free, seed + 1)) {
                final float[][] rows = set.at(unseen).rows();
                final double[] saidChance = chances.predict(rows);
                final double[] saidGain = means.predict(rows);
                for (int i = 0; i < unseen.length; i++) {
                    final int q = unseen[i];
                    final double outcome = set.measured().gain(Arm.FULL.code(), q);
                    chance[q] = objective.loss(saidChance[i], set.benefit(q));
                    chanceOfMean[q] = objective.loss(meanBenefit, set.benefit(q));
                    gain[q] = (saidGain[i] - outcome) * (saidGain[i] - outcome);
                    gainOfMean[q] = (meanGain - outcome) * (meanGain - outcome);
                }
            }
        }
        final double chanceScale = mean(chanceOfMean, judged);
        final double gainScale = mean(gainOfMean, judged);
        final double[] both = Arrays.stream(judged)
                .mapToDouble(q -> chance[q] / chanceScale + gain[q] / gainScale)
                .toArray();
        return new Losses(settings, both, mean(chance, judged) / chanceScale, mean(gain, judged) / gainScale);
    }

    private static double mean(final double[] losses, final int[] judged) {
        return Math.max(
                Arrays.stream(judged).mapToDouble(q -> losses[q]).average().orElse(0), Double.MIN_NORMAL);
    }
}

package io.t1.ops.distil;

import io.t1.codec.Arm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Boosted trees for each expectation that the targets are made of.
 *
 * <p>G rises with {@code entropy} and {@code query_length}, and CHEAP's cost falls with {@code nl_confidence}, so that
 * what is derived from them leans the way the table must.
 */
final class Teacher implements AutoCloseable {
    private static final double LEAST_BENEFIT = 0.01;
    private static final double LEAST_COST_MS = 1e-4;
    /** What no query can gain more than: all that is known of G from a log. */
    private static final double MOST_BENEFIT = 1;

    private final BoostedTrees benefitChance;
    private final BoostedTrees fullGain;
    private final BoostedTrees cheapGain;
    private final BoostedTrees benefit;
    private final BoostedTrees fullCost;
    private final BoostedTrees cheapCost;

    private Teacher(final TrainingSet set, final ForestSettings settings, final long seed) {
        final int full = Arm.FULL.code();
        final int cheap = Arm.CHEAP.code();
        final int[] free = new int[set.featureNames().size()];
        final float[][] rows = set.rows();
        benefitChance = BoostedTrees.train(set.benefitObjective(), settings, rows, set.benefits(), free, seed);
        fullGain = mean(settings, rows, set.gains(full), free, seed + 1);
        cheapGain = mean(settings, rows, set.gains(cheap), free, seed + 2);
        benefit = set.logged() ? BoostedTrees.constant(MOST_BENEFIT) : benefit(set, settings, seed + 3);
        fullCost = mean(settings, rows, set.steadyCostsMs(full), free, seed + 4);
        cheapCost =
                mean(settings, rows, set.steadyCostsMs(cheap), directions(set, List.of("nl_confidence"), -1), seed + 5);
    }

    private static BoostedTrees benefit(final TrainingSet set, final ForestSettings settings, final long seed) {
        final TrainingSet helped = set.at(
                IntStream.range(0, set.size()).filter(q -> set.benefit(q) == 1).toArray());
        return mean(
                settings,
                helped.rows(),
                helped.gains(Arm.FULL.code()),
                directions(set, List.of("entropy", "query_length"), 1),
                seed);
    }

    static Teacher train(final TrainingSet set, final ForestSettings settings, final long seed) {
        return new Teacher(set, settings, seed);
    }

    Expectations expect(final float[][] rows) {
        return new Expectations(
                benefitChance.predict(rows),
                fullGain.predict(rows),
                cheapGain.predict(rows),
                atLeast(LEAST_BENEFIT, benefit.predict(rows)),
                atLeast(LEAST_COST_MS, fullCost.predict(rows)),
                atLeast(LEAST_COST_MS, cheapCost.predict(rows)));
    }

    private static BoostedTrees mean(
            final ForestSettings settings,
            final float[][] rows,
            final double[] labels,
            final int[] directions,
            final long seed) {
        return BoostedTrees.train(BoostedTrees.Objective.MEAN, settings, rows, labels, directions, seed);
    }

    private static int[] directions(final TrainingSet set, final List<String> features, final int direction) {
        return set.featureNames().stream()
                .mapToInt(name -> features.contains(name) ? direction : 0)
                .toArray();
    }

    private static double[] atLeast(final double least, final double[] values) {
        return Arrays.stream(values).map(value -> Math.max(value, least)).toArray();
    }

    /** All forests; the chance is the first. */
    List<BoostedTrees> models() {
        return List.of(benefitChance, fullGain, cheapGain, benefit, fullCost, cheapCost);
    }

    @Override
    public void close() {
        models().forEach(BoostedTrees::close);
    }
}

package io.t1.ops.distil;

import io.t1.codec.Arm;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Boosted trees for each {@link Expectation} that the targets are made of. */
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
        cheapCost = mean(
                settings,
                rows,
                set.steadyCostsMs(cheap),
                Expectation.CHEAP_COST.directions(set.featureNames()),
                seed + 5);
    }

    private Teacher(final List<BoostedTrees> forests) {
        benefitChance = forests.get(Expectation.BENEFIT_CHANCE.ordinal());
        fullGain = forests.get(Expectation.FULL_GAIN.ordinal());
        cheapGain = forests.get(Expectation.CHEAP_GAIN.ordinal());
        benefit = forests.get(Expectation.BENEFIT.ordinal());
        fullCost = forests.get(Expectation.FULL_COST.ordinal());
        cheapCost = forests.get(Expectation.CHEAP_COST.ordinal());
    }

    private static BoostedTrees benefit(final TrainingSet set, final ForestSettings settings, final long seed) {
        final TrainingSet helped = set.at(
                IntStream.range(0, set.size()).filter(q -> set.benefit(q) == 1).toArray());
        return mean(
                settings,
                helped.rows(),
                helped.gains(Arm.FULL.code()),
                Expectation.BENEFIT.directions(set.featureNames()),
                seed);
    }

    static Teacher train(final TrainingSet set, final ForestSettings settings, final long seed) {
        return new Teacher(set, settings, seed);
    }

    /** One of forests that were grown elsewhere, one of each {@link Expectation} in their order. */
    static Teacher of(final List<BoostedTrees> forests) {
        return new Teacher(forests);
    }

    Expectations expect(final float[][] rows) {
        final List<double[]> said = BoostedTrees.predict(models(), rows);
        return new Expectations(
                said.get(0),
                said.get(1),
                said.get(2),
                atLeast(LEAST_BENEFIT, said.get(3)),
                atLeast(LEAST_COST_MS, said.get(4)),
                atLeast(LEAST_COST_MS, said.get(5)));
    }

    private static BoostedTrees mean(
            final ForestSettings settings,
            final float[][] rows,
            final double[] labels,
            final int[] directions,
            final long seed) {
        return BoostedTrees.train(BoostedTrees.Objective.MEAN, settings, rows, labels, directions, seed);
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

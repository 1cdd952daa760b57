package io.t1.ops.statistics;

import java.util.SplittableRandom;

/**
 * Draws from a binomial distribution: by transformed rejection with squeeze (Hörmann 1993) where successes are many, by
 * adding up probabilities where they are few. Both are exact to double precision, and cost the same for any number of
 * trials.
 *
 * <p>Threading: any. Allocation: none.
 */
final class BinomialDraw {
    /** Under so many expected successes probabilities are added up. */
    private static final double FEW = 10;

    /** What Stirling's formula lacks of the logarithm of k!, for small k. */
    private static final double[] STIRLING = {
        0.08106146679532726,
        0.04134069595540929,
        0.02767792568499834,
        0.02079067210376509,
        0.01664469118982119,
        0.01387612882307075,
        0.01189670994589177,
        0.01041126526197209,
        0.00925546218271273,
        0.00833056343336287
    };

    private BinomialDraw() {}

    /**
     * How many of some trials succeed.
     *
     * @param trials 0 or more.
     * @param chance 0..1.
     */
    static int of(final int trials, final double chance, final SplittableRandom random) {
        if (chance >= 1) {
            return trials;
        }
        if (trials == 0 || chance <= 0) {
            return 0;
        }
        if (chance > 0.5) {
            return trials - of(trials, 1 - chance, random);
        }
        return trials * chance < FEW ? few(trials, chance, random) : many(trials, chance, random);
    }

    private static int few(final int trials, final double chance, final SplittableRandom random) {
        final double odds = chance / (1 - chance);
        double left = random.nextDouble();
        double mass = Math.exp(trials * Math.log1p(-chance));
        int successes = 0;
        while (left >= mass && successes < trials) {
            left -= mass;
            successes++;
            mass *= odds * (trials - successes + 1) / successes;
        }
        return successes;
    }

    private static int many(final int trials, final double chance, final SplittableRandom random) {
        final double deviation = Math.sqrt(trials * chance * (1 - chance));
        final double b = 1.15 + 2.53 * deviation;
        final double a = -0.0873 + 0.0248 * b + 0.01 * chance;
        final double centre = trials * chance + 0.5;
        final double squeeze = 0.92 - 4.2 / b;
        while (true) {
            final double u = random.nextDouble() - 0.5;
            final double v = random.nextDouble();
            final double distance = 0.5 - Math.abs(u);
            final double at = Math.floor((2 * a / distance + b) * u + centre);
            if (distance >= 0.07 && v <= squeeze) {
                return (int) at;
            }
            if (at >= 0 && at <= trials) {
                final double alpha = (2.83 + 5.1 / b) * deviation;
                if (Math.log(v * alpha / (a / (distance * distance) + b)) <= overMode(trials, chance, at)) {
                    return (int) at;
                }
            }
        }
    }

    /** The logarithm of how likely so many successes are, over the most likely number's. */
    private static double overMode(final int trials, final double chance, final double successes) {
        final double odds = chance / (1 - chance);
        final double mode = Math.floor((trials + 1.0) * chance);
        return (mode + 0.5) * Math.log((mode + 1) / (odds * (trials - mode + 1)))
                + (trials + 1.0) * Math.log((trials - mode + 1) / (trials - successes + 1))
                + (successes + 0.5) * Math.log(odds * (trials - successes + 1) / (successes + 1))
                + stirling(mode)
                + stirling(trials - mode)
                - stirling(successes)
                - stirling(trials - successes);
    }

    private static double stirling(final double k) {
        if (k < STIRLING.length) {
            return STIRLING[(int) k];
        }
        final double next = k + 1;
        final double square = next * next;
        return (1.0 / 12 - (1.0 / 360 - 1.0 / 1260 / square) / square) / next;
    }
}

package io.t1.ops.distil;

import io.t1.router.artifact.PairSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Interactions of two features that an additive fit leaves behind (Lou, Caruana, Gehrke and Hooker 2013,
 * with bilinear grids for their bins).
 */
final class PairFit {
    private static final int LINES = PairSpec.LINES;
    static final int CELLS = LINES * LINES;
    private static final int BLOCKS = 8;
    /** Less of a target's variance isn't worth a pair's nanoseconds. */
    private static final double LEAST_SHARE = 0.001;

    /** Queries that pairs are chosen by; more don't change which explain most. */
    private static final int MOST_JUDGED = 100_000;

    private static final Pair NONE = new Pair(-1, -1);

    private PairFit() {}

    /** Two features, the first the lower. */
    record Pair(int first, int second) {}

    /**
     * What pairs are to explain.
     *
     * @param left what the additive fit leaves of an output, one a query.
     * @param variance of the output; 0 when there is nothing to explain.
     * @param directions of the output, one a feature.
     */
    record Target(double[] left, double variance, int[] directions) {
        /** Whether a pair may have a part in it: of a feature with a direction to keep a grid could break it. */
        boolean takes(final Pair pair) {
            return variance > 0
                    && !Directions.kept(directions[pair.first()])
                    && !Directions.kept(directions[pair.second()]);
        }

        /** Of these pairs those that may have. */
        List<Pair> taken(final List<Pair> pairs) {
            return pairs.stream().filter(this::takes).toList();
        }

        private Target at(final int[] queries) {
            return new Target(Arrays.stream(queries).mapToDouble(q -> left[q]).toArray(), variance, directions);
        }

        private Target without(final double[] said) {
            final double[] rest = new double[left.length];
            for (int q = 0; q < rest.length; q++) {
                rest[q] = left[q] - said[q];
            }
            return new Target(rest, variance, directions);
        }
    }

    private record Found(Pair pair, double share) {}

    /**
     * The pairs that explain most of what is left of some targets, by the sum of their shares of the targets' variances, chosen
     * one by one: each explains most of what the shapes and all pairs before it leave. Chosen at one go, pairs of features that
     * go together explain the same thing twice.
     *
     * @param codes {@code [query][feature]}.
     * @param most pairs at most.
     */
    static List<Pair> choose(final byte[][] codes, final List<Target> targets, final double[] weights, final int most) {
        final List<Pair> chosen = new ArrayList<>();
        final int[] picked = evenly(codes.length);
        final byte[][] ofPicked = Arrays.stream(picked).mapToObj(q -> codes[q]).toArray(byte[][]::new);
        final List<Target> wanted =
                targets.stream().map(target -> target.at(picked)).toList();
        final double[] weight =
                Arrays.stream(picked).mapToDouble(q -> weights[q]).toArray();
        List<Target> rest = wanted;
        while (chosen.size() < most) {
            final Found strongest = strongest(ofPicked, rest, weight, chosen);
            if (!(strongest.share() > LEAST_SHARE)) {
                break;
            }
            chosen.add(strongest.pair());
            final PairGram gram = PairGram.of(ofPicked, chosen, weight);
            rest = wanted.stream()
                    .map(target -> {
                        final PairGram own = gram.only(target.taken(chosen));
                        return target.without(at(ofPicked, own.pairs(), own.fit(target.left())));
                    })
                    .toList();
        }
        return chosen;
    }

    private static int[] evenly(final int queries) {
        final int count = Math.min(queries, MOST_JUDGED);
        return IntStream.range(0, count)
                .map(i -> (int) ((long) i * queries / count))
                .toArray();
    }

    private static Found strongest(
            final byte[][] codes, final List<Target> targets, final double[] weights, final List<Pair> chosen) {
        final int features = codes[0].length;
        final List<Pair> others = new ArrayList<>();
        for (int f = 0; f < features; f++) {
            for (int g = f + 1; g < features; g++) {
                others.add(new Pair(f, g));
            }
        }
        others.removeAll(chosen);
        return others.parallelStream()
                .map(pair -> new Found(pair, share(codes, pair, targets, weights)))
                .reduce(new Found(NONE, 0), (one, other) -> other.share() > one.share() ? other : one);
    }

    private static double share(
            final byte[][] codes, final Pair pair, final List<Target> targets, final double[] weights) {
        double share = 0;
        for (final Target target : targets) {
            if (target.takes(pair)) {
                final double explained = explained(codes, pair.first(), pair.second(), target.left(), weights);
                share += Math.max(0, explained) / target.variance();
            }
        }
        return share;
    }

    /** Variance explained by the means of 8 x 8 blocks, without what noise alone would: no query is paired with itself. */
    private static double explained(
            final byte[][] codes, final int f, final int g, final double[] left, final double[] weights) {
        final double[] sum = new double[BLOCKS * BLOCKS];
        final double[] own = new double[BLOCKS * BLOCKS];
        final double[] mass = new double[BLOCKS * BLOCKS];
        double total = 0;
        for (int q = 0; q < codes.length; q++) {
            final int block = BLOCKS * ((codes[q][f] & 0xFF) >> 5) + ((codes[q][g] & 0xFF) >> 5);
            final double weighted = weights[q] * left[q];
            sum[block] += weighted;
            own[block] += weighted * weighted;
            mass[block] += weights[q];
            total += weights[q];
        }
        double explained = 0;
        for (int block = 0; block < mass.length; block++) {
            explained += mass[block] > 0 ? (sum[block] * sum[block] - own[block]) / mass[block] : 0;
        }
        return explained / total;
    }

    /** The four grid points round a query, and their shares, as the kernels weigh them. */
    static void corners(final byte[] codes, final Pair pair, final int p, final int[] at, final double[] share) {
        final int first = codes[pair.first()] & 0xFF;
        final int second = codes[pair.second()] & 0xFF;
        final double down = (first & 31) / 32.0;
        final double along = (second & 31) / 32.0;
        final int corner = CELLS * p + LINES * (first >> 5) + (second >> 5);
        at[4 * p] = corner;
        at[4 * p + 1] = corner + 1;
        at[4 * p + 2] = corner + LINES;
        at[4 * p + 3] = corner + LINES + 1;
        share[4 * p] = (1 - down) * (1 - along);
        share[4 * p + 1] = (1 - down) * along;
        share[4 * p + 2] = down * (1 - along);
        share[4 * p + 3] = down * along;
    }

    /** The sum of all pairs for each query. */
    static double[] at(final byte[][] codes, final List<Pair> pairs, final double[][] grids) {
        final double[] sums = new double[codes.length];
        final int[] at = new int[4 * pairs.size()];
        final double[] share = new double[at.length];
        for (int q = 0; q < sums.length; q++) {
            for (int p = 0; p < pairs.size(); p++) {
                corners(codes[q], pairs.get(p), p, at, share);
            }
            for (int i = 0; i < at.length; i++) {
                sums[q] += share[i] * grids[i / 4][at[i] - CELLS * (i / 4)];
            }
        }
        return sums;
    }
}

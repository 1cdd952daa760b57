package io.t1.ops.distil;

import io.t1.router.artifact.PairSpec;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Interactions of two features that an additive fit leaves behind: which, and how (Lou, Caruana, Gehrke and Hooker 2013,
 * with bilinear grids for their bins).
 */
final class PairFit {
    private static final int LINES = PairSpec.LINES;
    private static final int CELLS = LINES * LINES;
    private static final int BLOCKS = 8;
    /** Less of a target's variance isn't worth a pair's nanoseconds. */
    private static final double LEAST_SHARE = 0.001;

    /** As many queries at each grid point as would say, before any was seen, that neighbours are alike. */
    private static final double PRIOR_QUERIES = 10;

    private static final double FLATNESS = 0.1;

    private PairFit() {}

    /** Two features, the first the lower. */
    record Pair(int first, int second) {}

    private record Found(Pair pair, double share) {}

    /**
     * The pairs that explain most of what is left of targets, most first.
     *
     * @param codes {@code [query][feature]}.
     * @param left what the additive fits leave of each target, {@code [target][query]}.
     * @param variances of the targets.
     * @param most pairs at most.
     */
    static List<Pair> choose(
            final byte[][] codes,
            final double[][] left,
            final double[] variances,
            final double[] weights,
            final int most) {
        final List<Found> found = new ArrayList<>();
        final int features = codes[0].length;
        for (int f = 0; f < features; f++) {
            for (int g = f + 1; g < features; g++) {
                double share = 0;
                for (int t = 0; t < left.length; t++) {
                    share += variances[t] > 0 ? explained(codes, f, g, left[t], weights) / variances[t] : 0;
                }
                if (share > LEAST_SHARE) {
                    found.add(new Found(new Pair(f, g), share));
                }
            }
        }
        found.sort(Comparator.comparingDouble(one -> -one.share()));
        return found.stream().limit(most).map(Found::pair).toList();
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

    /**
     * Fits all pairs' grids jointly by penalised least squares: neighbours on a grid alike, values small.
     *
     * @return {@code [pair][9 * row + column]}.
     */
    static double[][] fit(final byte[][] codes, final List<Pair> pairs, final double[] left, final double[] weights) {
        final int size = CELLS * pairs.size();
        final double[][] gram = new double[size][size];
        final double[] right = new double[size];
        double total = 0;
        final int[] at = new int[4 * pairs.size()];
        final double[] share = new double[at.length];
        for (int q = 0; q < codes.length; q++) {
            total += weights[q];
            for (int p = 0; p < pairs.size(); p++) {
                corners(codes[q], pairs.get(p), p, at, share);
            }
            for (int i = 0; i < at.length; i++) {
                right[at[i]] += weights[q] * share[i] * left[q];
                for (int j = 0; j < at.length; j++) {
                    gram[at[i]][at[j]] += weights[q] * share[i] * share[j];
                }
            }
        }
        for (int p = 0; p < pairs.size(); p++) {
            penalise(gram, CELLS * p, PRIOR_QUERIES * total / codes.length);
        }
        final double[] values = AdditiveFit.solveFree(gram, right, new boolean[size]);
        final double[][] grids = new double[pairs.size()][CELLS];
        for (int p = 0; p < grids.length; p++) {
            System.arraycopy(values, CELLS * p, grids[p], 0, CELLS);
        }
        return grids;
    }

    private static void penalise(final double[][] gram, final int from, final double strength) {
        for (int row = 0; row < LINES; row++) {
            for (int column = 0; column < LINES; column++) {
                final int i = from + LINES * row + column;
                gram[i][i] += FLATNESS * strength;
                if (row + 1 < LINES) {
                    alike(gram, i, i + LINES, strength);
                }
                if (column + 1 < LINES) {
                    alike(gram, i, i + 1, strength);
                }
            }
        }
    }

    private static void alike(final double[][] gram, final int i, final int j, final double strength) {
        gram[i][i] += strength;
        gram[j][j] += strength;
        gram[i][j] -= strength;
        gram[j][i] -= strength;
    }

    /** The four grid points round a query, and their shares, as the kernels weigh them. */
    private static void corners(
            final byte[] codes, final Pair pair, final int p, final int[] at, final double[] share) {
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

package io.t1.ops.distil;

import io.t1.router.artifact.PairSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Normal equations of all pairs' grids together, neighbours on a grid held alike and values small, for targets on the
 * same queries.
 *
 * @param codes {@code [query][feature]}.
 * @param weights one a query.
 * @param gram penalised; {@code [81 * pair + 9 * row + column]} both ways.
 */
record PairGram(byte[][] codes, List<PairFit.Pair> pairs, double[] weights, double[][] gram) {
    private static final int LINES = PairSpec.LINES;
    private static final int CELLS = PairFit.CELLS;

    /** As many queries at each grid point as would say, before any was seen, that neighbours are alike. */
    private static final double PRIOR_QUERIES = 10;

    private static final double FLATNESS = 0.1;

    static PairGram of(final byte[][] codes, final List<PairFit.Pair> pairs, final double[] weights) {
        final int size = CELLS * pairs.size();
        final double[][] gram = new double[size][size];
        // pair by pair on as many threads as there are; each cell's sum is in the order of the queries
        IntStream.range(0, pairs.size()).parallel().forEach(p -> addProducts(codes, pairs, weights, p, gram));
        double total = 0;
        for (int q = 0; q < codes.length; q++) {
            total += weights[q];
        }
        for (int p = 0; p < pairs.size(); p++) {
            penalise(gram, CELLS * p, PRIOR_QUERIES * total / codes.length);
        }
        return new PairGram(codes, pairs, weights, gram);
    }

    /** Of some of the pairs alone. */
    PairGram only(final List<PairFit.Pair> some) {
        if (some.equals(pairs)) {
            return this;
        }
        final int[] cells = some.stream()
                .flatMapToInt(pair -> IntStream.range(0, CELLS).map(cell -> CELLS * pairs.indexOf(pair) + cell))
                .toArray();
        final double[][] ofSome = new double[cells.length][cells.length];
        for (int i = 0; i < cells.length; i++) {
            for (int j = 0; j < cells.length; j++) {
                ofSome[i][j] = gram[cells[i]][cells[j]];
            }
        }
        return new PairGram(codes, some, weights, ofSome);
    }

    /** Of one pair's grid points with all. */
    private static void addProducts(
            final byte[][] codes,
            final List<PairFit.Pair> pairs,
            final double[] weights,
            final int p,
            final double[][] gram) {
        final int[] at = new int[4 * pairs.size()];
        final double[] share = new double[at.length];
        for (int q = 0; q < codes.length; q++) {
            for (int other = 0; other < pairs.size(); other++) {
                PairFit.corners(codes[q], pairs.get(other), other, at, share);
            }
            for (int i = 4 * p; i < 4 * p + 4; i++) {
                final double[] row = gram[at[i]];
                final double weighted = weights[q] * share[i];
                for (int j = 0; j < at.length; j++) {
                    row[at[j]] += weighted * share[j];
                }
            }
        }
    }

    /**
     * The grids that come nearest to a target by penalised least squares.
     *
     * @param left the target, one a query.
     * @return {@code [pair][9 * row + column]}.
     */
    double[][] fit(final double[] left) {
        final double[] right = new double[gram.length];
        final int[] at = new int[4 * pairs.size()];
        final double[] share = new double[at.length];
        for (int q = 0; q < codes.length; q++) {
            for (int p = 0; p < pairs.size(); p++) {
                PairFit.corners(codes[q], pairs.get(p), p, at, share);
            }
            for (int i = 0; i < at.length; i++) {
                right[at[i]] += weights[q] * share[i] * left[q];
            }
        }
        final double[] values = AdditiveFit.solveFree(gram, right, new boolean[right.length]);
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
}

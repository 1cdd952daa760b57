package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HatGramTest {
    private static final int FEATURES = 3;
    private static final int SIZE = FEATURES * HatGram.KNOTS;

    /** Sums in blocks and on several threads are those of one loop over queries, to the last bit. */
    @Test
    void addsUpInTheOrderOfTheQueries() {
        final SplittableRandom random = new SplittableRandom(4);
        final byte[][] codes = new byte[5_000][FEATURES];
        for (final byte[] row : codes) {
            random.nextBytes(row);
        }
        final double[] weights = random.doubles(codes.length, 0, 3).toArray();
        Arrays.setAll(weights, q -> q % 5 == 0 ? 0 : weights[q]);
        final List<double[]> targets = List.of(
                random.doubles(codes.length, -1, 1).toArray(),
                random.doubles(codes.length, 0, 1).toArray());
        final List<HatGram> found = HatGram.of(codes, weights, targets);
        for (int t = 0; t < targets.size(); t++) {
            assertIsPlain(codes, targets.get(t), weights, found.get(t));
            assertIsPlain(codes, targets.get(t), weights, HatGram.of(codes, targets.get(t), weights));
        }
    }

    private static void assertIsPlain(
            final byte[][] codes, final double[] target, final double[] weights, final HatGram found) {
        final double total = Arrays.stream(weights).sum();
        final double[][] gram = new double[SIZE][SIZE];
        final double[] right = new double[SIZE];
        final double[] means = new double[SIZE];
        double meanTarget = 0;
        for (int q = 0; q < codes.length; q++) {
            final double w = weights[q] / total;
            meanTarget += w * target[q];
            for (int f = 0; f < FEATURES; f++) {
                for (int i = 0; i < 2; i++) {
                    final int at = knot(codes[q], f, i);
                    means[at] += w * share(codes[q], f, i);
                    right[at] += w * share(codes[q], f, i) * target[q];
                    for (int g = 0; g < FEATURES; g++) {
                        for (int j = 0; j < 2; j++) {
                            gram[at][knot(codes[q], g, j)] += w * share(codes[q], f, i) * share(codes[q], g, j);
                        }
                    }
                }
            }
        }
        for (int i = 0; i < SIZE; i++) {
            right[i] -= means[i] * meanTarget;
            for (int j = 0; j < SIZE; j++) {
                gram[i][j] -= means[i] * means[j];
            }
            assertArrayEquals(gram[i], found.gram()[i], 0, "row " + i);
        }
        assertArrayEquals(right, found.right(), 0);
        assertArrayEquals(means, found.means(), 0);
        assertEquals(meanTarget, found.meanTarget(), 0);
    }

    private static int knot(final byte[] codes, final int f, final int side) {
        return f * HatGram.KNOTS + ((codes[f] & 0xFF) >> 4) + side;
    }

    private static double share(final byte[] codes, final int f, final int side) {
        final double beyond = (codes[f] & 15) / 16.0;
        return side == 0 ? 1 - beyond : beyond;
    }
}

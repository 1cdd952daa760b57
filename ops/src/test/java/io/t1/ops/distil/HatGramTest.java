package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HatGramTest {
    private static final int FOLDS = 5;

    @ParameterizedTest
    @CsvSource({"1, 1, 900", "2, 2, 5000", "3, 5, 2049", "4, 4, 3"})
    void isWhatTheHatsOfAllQueriesComeToWithEachFoldAndWithout(final long seed, final int features, final int queries) {
        final SplittableRandom random = new SplittableRandom(seed);
        final byte[][] codes = new byte[queries][features];
        for (final byte[] row : codes) {
            random.nextBytes(row);
        }
        final double[] weights = random.doubles(queries, 0.1, 3).toArray();
        final List<double[]> targets = List.of(
                random.doubles(queries).toArray(), random.doubles(queries).toArray());
        final String message = "seed=" + seed;
        for (int t = 0; t < targets.size(); t++) {
            // in the order of the queries, on however many threads: to the last bit
            assertSame(
                    codes,
                    weights,
                    targets.get(t),
                    HatGram.of(codes, weights, targets).get(t),
                    0,
                    message);
        }
        final List<List<HatGram>> without = HatGram.withoutFolds(codes, weights, targets, FOLDS);
        for (int fold = 0; fold < FOLDS; fold++) {
            final double[] others = weights.clone();
            for (int q = fold; q < queries; q += FOLDS) {
                others[q] = 0;
            }
            for (int t = 0; t < targets.size(); t++) {
                final HatGram gram = without.get(fold).get(t);
                assertSame(codes, others, targets.get(t), gram, 1e-12, message + ", without fold " + fold);
            }
        }
    }

    /** By the definition, query by query and hat by hat. */
    private static void assertSame(
            final byte[][] codes,
            final double[] weights,
            final double[] target,
            final HatGram gram,
            final double within,
            final String message) {
        final int size = codes[0].length * HatGram.KNOTS;
        final double[][] products = new double[size][size];
        final double[] means = new double[size];
        final double[] right = new double[size];
        final double total = Arrays.stream(weights).sum();
        double mean = 0;
        for (int q = 0; q < codes.length; q++) {
            final double[] hats = new double[size];
            for (int f = 0; f < codes[q].length; f++) {
                final int code = codes[q][f] & 0xFF;
                hats[f * HatGram.KNOTS + code / 16] = 1 - code % 16 / 16.0;
                hats[f * HatGram.KNOTS + code / 16 + 1] = code % 16 / 16.0;
            }
            mean += weights[q] * target[q];
            for (int i = 0; i < size; i++) {
                means[i] += weights[q] * hats[i];
                right[i] += weights[q] * hats[i] * target[q];
                for (int j = 0; j < size; j++) {
                    products[i][j] += weights[q] * hats[i] * hats[j];
                }
            }
        }
        mean /= total;
        for (int i = 0; i < size; i++) {
            means[i] /= total;
        }
        assertEquals(mean, gram.meanTarget(), within, message);
        assertArrayEquals(means, gram.means(), within, message);
        for (int i = 0; i < size; i++) {
            assertEquals(right[i] / total - means[i] * mean, gram.right()[i], within, message);
            for (int j = 0; j < size; j++) {
                final boolean mirrored = i / HatGram.KNOTS > j / HatGram.KNOTS;
                final double product = mirrored ? products[j][i] : products[i][j];
                final double expected = product / total - means[i] * means[j];
                assertEquals(expected, gram.gram()[i][j], within, message);
            }
        }
    }
}

package io.t1.ops.statistics;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1.959963984540054, 0.975",
        "1.6448536269514722, 0.95",
        "-3, 0.0013498980316300933",
        "-5, 2.866515718791939e-7",
        "-10, 7.61985302416047e-24"
    })
    void theNormalDistributionHasItsTabulatedValues(final double z, final double p) {
        assertEquals(p, StandardNormal.cumulative(z), 1e-10 * p);
        assertEquals(z, StandardNormal.quantile(p), 1e-9);
    }

    @Test
    void quantileInvertsTheDistributionEverywhere() {
        for (int i = 1; i < 10_000; i++) {
            final double p = i / 10_000.0;
            assertEquals(p, StandardNormal.cumulative(StandardNormal.quantile(p)), 1e-12, "p=" + p);
        }
    }

    @Test
    void poolsTheReferenceSequence() {
        final double[] ones = {1, 1, 1, 1, 1, 1};
        assertArrayEquals(
                new double[] {1, 2.5, 2.5, 3.75, 3.75, 6},
                IsotonicRegression.pool(new double[] {1, 3, 2, 4, 3.5, 6}, ones),
                1e-12);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void noMonotoneSequenceIsNearerThanThePooledOne(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final double[] y = random.doubles(6, 0, 4).toArray();
        final double[] weights = random.doubles(6, 0.1, 2).toArray();
        final double best = distance(y, weights, IsotonicRegression.pool(y, weights));
        for (int trial = 0; trial < 20_000; trial++) {
            final double[] rival = random.doubles(6, 0, 4).sorted().toArray();
            assertTrue(distance(y, weights, rival) >= best - 1e-12, "seed=" + seed + ", trial=" + trial);
        }
    }

    @Test
    void calibrationAveragesTiesAndReadsBetweenPoints() {
        final IsotonicRegression fit =
                IsotonicRegression.fit(new double[] {0.2, 0.2, 0.8, 0.5}, new double[] {0, 1, 1, 0});
        assertEquals(1.0 / 3, fit.at(0.2), 1e-12);
        assertEquals(1.0 / 3, fit.at(0.4), 1e-12);
        assertEquals(1, fit.at(0.8), 1e-12);
        assertEquals(2.0 / 3, fit.at(0.65), 1e-12);
        assertEquals(1, fit.at(7), 1e-12);
    }

    @Test
    void calibrationSaysAtEachPointWhatPoolingGaveIt() {
        final SplittableRandom random = new SplittableRandom(17);
        final double[] x = random.doubles(2_000).sorted().distinct().toArray();
        final double[] y =
                Arrays.stream(x).map(at -> random.nextDouble() < at ? 1 : 0).toArray();
        final double[] weights = new double[x.length];
        Arrays.fill(weights, 1);
        final double[] pooled = IsotonicRegression.pool(y, weights);
        final IsotonicRegression fit = IsotonicRegression.fit(x, y);
        for (int i = 0; i < x.length; i++) {
            assertEquals(pooled[i], fit.at(x[i]), "point " + i);
            if (i > 0 && pooled[i] == pooled[i - 1]) {
                assertEquals(pooled[i], fit.at((x[i] + x[i - 1]) / 2), "before point " + i);
            }
        }
    }

    @Test
    void aP95OfTwentyIsTheNineteenth() {
        final double[] sample =
                IntStream.rangeClosed(1, 20).mapToDouble(i -> 21 - i).toArray();
        assertEquals(19, Percentiles.nearestRank(sample, 0.95));
        assertEquals(20, Percentiles.nearestRank(sample, 1));
        assertEquals(1, Percentiles.nearestRank(sample, 0));
        assertEquals(96, Percentiles.rank(0.95, 101));
        assertEquals(21, sample[0] + sample[19], 0); // and the sample keeps its order
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aucIsTheShareOfPairsInOrderAndDeLongsErrorThatOfItsPlacements(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int n = 60;
        final double[] scores = new double[n];
        final boolean[] positive = new boolean[n];
        for (int i = 0; i < n; i++) {
            positive[i] = random.nextInt(3) == 0;
            scores[i] = random.nextInt(8) + (positive[i] ? 2 : 0); // with ties
        }
        double won = 0;
        double pairs = 0;
        final double[] ofPositive = new double[n];
        final double[] ofNegative = new double[n];
        int positives = 0;
        for (int i = 0; i < n; i++) {
            positives += positive[i] ? 1 : 0;
            for (int j = 0; j < n; j++) {
                if (positive[i] && !positive[j]) {
                    final double win = scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                    won += win;
                    pairs++;
                    ofPositive[i] += win;
                    ofNegative[j] += win;
                }
            }
        }
        final int negatives = n - positives;
        double variance = 0;
        for (int i = 0; i < n; i++) {
            if (positive[i]) {
                variance += Math.pow(ofPositive[i] / negatives - won / pairs, 2) / (positives - 1.0) / positives;
            } else {
                variance += Math.pow(ofNegative[i] / positives - won / pairs, 2) / (negatives - 1.0) / negatives;
            }
        }
        final RocAuc auc = RocAuc.of(scores, positive, 0.95);
        assertEquals(won / pairs, auc.auc(), 1e-12);
        assertEquals(won / pairs - 1.959963984540054 * Math.sqrt(variance), auc.lo(), 1e-9);
    }

    @Test
    void correlationAndR2OfAPerfectAndOfNoFit() {
        final double[] x = {1, 2, 3, 4};
        assertEquals(1, Agreement.correlation(x, new double[] {3, 5, 7, 9}), 1e-12);
        assertEquals(-1, Agreement.correlation(x, new double[] {4, 3, 2, 1}), 1e-12);
        assertEquals(1, Agreement.rSquared(x, x.clone()), 1e-12);
        assertEquals(0, Agreement.rSquared(x, new double[] {2.5, 2.5, 2.5, 2.5}), 1e-12);
        assertEquals(0, Agreement.correlation(x, new double[4]), 0);
    }

    private static double distance(final double[] y, final double[] weights, final double[] fitted) {
        return IntStream.range(0, y.length)
                .mapToDouble(i -> weights[i] * (y[i] - fitted[i]) * (y[i] - fitted[i]))
                .sum();
    }

    @Test
    void ordersIndexesAsAStableSortDoes() {
        final double[] odd = {
            0, -0.0, 1, Double.NaN, -1, Double.NEGATIVE_INFINITY, 1, Double.POSITIVE_INFINITY, Double.MIN_VALUE, -1, 0
        };
        final SplittableRandom random = new SplittableRandom(3);
        // many share their upper half, some are equal
        final double[] near = random.doubles(9_000)
                .map(d -> (d < 0.5 ? -1 : 1) * (1 + Math.floor(d * 3_000) * 0x1p-52))
                .toArray();
        for (final double[] values : List.of(odd, near, new double[0])) {
            final int[] expected = IntStream.range(0, values.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(i -> values[i]))
                    .mapToInt(i -> i)
                    .toArray();
            assertArrayEquals(expected, AscendingOrder.of(values));
        }
        final long[] keys =
                random.longs(9_000, -3, 3).map(k -> k * 0x4000_0000_0000_0001L).toArray();
        final int[] expected = IntStream.range(0, keys.length)
                .boxed()
                .sorted(Comparator.comparingLong(i -> keys[i]))
                .mapToInt(i -> i)
                .toArray();
        assertArrayEquals(expected, AscendingOrder.of(keys));
    }

    @Test
    void sortsNothingOfItsCallers() {
        final double[] sample = {3, 1, 2};
        BcaBootstrap.STANDARD.ofMean(sample);
        Percentiles.nearestRank(sample, 0.5);
        assertEquals("[3.0, 1.0, 2.0]", Arrays.toString(sample));
    }
}

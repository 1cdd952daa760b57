package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnotPlacementTest {
    static LongStream seeds() {
        return LongStream.rangeClosed(1, 12);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void losesNoMoreThanAnyOtherChoiceOfSeventeenPlaces(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int n = 18 + random.nextInt(3);
        final float[] places = new float[n];
        final double[] mass = new double[n];
        final double[][] shapes = new double[2][n];
        for (int i = 0; i < n; i++) {
            places[i] = (i == 0 ? 0 : places[i - 1]) + 0.1f + random.nextFloat();
            mass[i] = random.nextDouble() / n;
            shapes[0][i] = random.nextGaussian();
            shapes[1][i] = i > 9 ? 3 : 0;
        }
        final double[] variances = {1, 0.5};
        final int[] chosen = KnotPlacement.place(places, mass, shapes, variances);
        double least = Double.POSITIVE_INFINITY;
        for (int left = 0; left < 1 << (n - 2); left++) { // the inner places that bear no knot
            if (Integer.bitCount(left) == n - 17) {
                final int without = left << 1;
                final int[] knots = IntStream.range(0, n)
                        .filter(i -> (without >> i & 1) == 0)
                        .toArray();
                least = Math.min(least, loss(places, mass, shapes, variances, knots));
            }
        }
        assertEquals(least, loss(places, mass, shapes, variances, chosen), 1e-9 + 1e-9 * least, "seed=" + seed);
    }

    @Test
    void putsKnotsAtTheBendsOfAShape() {
        final float[] places = new float[256];
        final double[] mass = new double[256];
        final double[] shape = new double[256];
        for (int i = 0; i < 256; i++) {
            places[i] = i;
            mass[i] = 1 / 256.0;
            shape[i] = i < 101 ? 0 : Math.min(i - 101, 7); // flat, a steep ramp, flat
        }
        final int[] knots = KnotPlacement.place(places, mass, new double[][] {shape}, new double[] {1});
        assertTrue(Arrays.binarySearch(knots, 101) >= 0, Arrays.toString(knots));
        assertTrue(Arrays.binarySearch(knots, 108) >= 0, Arrays.toString(knots));
    }

    @Test
    void spreadsKnotsEvenlyWhereAShapeSaysNothing() {
        final float[] places = new float[257];
        final double[] mass = new double[257];
        for (int i = 0; i < 257; i++) {
            places[i] = i * i;
            mass[i] = 1 / 257.0;
        }
        final int[] knots = KnotPlacement.place(places, mass, new double[1][257], new double[] {1});
        for (int i = 0; i < 17; i++) {
            assertEquals(16.0 * i, knots[i], 1, Arrays.toString(knots));
        }
    }

    /** By the definition: each place's squared distance from the polyline, and the evenness of the segments. */
    private static double loss(
            final float[] places,
            final double[] mass,
            final double[][] shapes,
            final double[] variances,
            final int[] knots) {
        double loss = 0;
        for (int s = 0; s < 16; s++) {
            final int i = knots[s];
            final int j = knots[s + 1];
            double share = (mass[i] + mass[j]) / 2;
            for (int t = i + 1; t < j; t++) {
                share += mass[t];
                final double along = (places[t] - places[i]) / (double) (places[j] - places[i]);
                for (int o = 0; o < shapes.length; o++) {
                    final double error = shapes[o][t] - (1 - along) * shapes[o][i] - along * shapes[o][j];
                    loss += mass[t] * error * error / variances[o];
                }
            }
            loss += 1e-3 * share * share;
        }
        return loss;
    }
}

package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class GridJumpsTest {
    private static final int QUERIES = 4_000;
    private static final int[] FREE = {Directions.FREE};
    private static final int[] RISES = {Directions.RISES};

    @Test
    void aJumpIsFoundBetweenTheTwoRowsThatItLiesBetween() {
        final float[] column = column(7);
        final AdditiveShapes shapes = fit(column, x -> x > 0.613 ? 1 : 0, 0.05, FREE);
        final float[] places = shapes.grids().getFirst().places();
        final float[] sorted = column.clone();
        Arrays.sort(sorted);
        final int after = -Arrays.binarySearch(sorted, 0.613f) - 1;
        final int at = Arrays.binarySearch(places, sorted[after - 1]);
        assertTrue(at > 0, "no place at " + sorted[after - 1] + ", right before the jump");
        assertEquals(sorted[after], places[at + 1], "the place after it");
        final double[] shape = shapes.values()[0][0];
        assertEquals(1, shape[at + 1] - shape[at], 0.03);
        for (int i = 1; i < places.length; i++) {
            assertTrue(places[i] > places[i - 1], "at " + i);
        }
    }

    @Test
    void whatBendsSharplyOrIsNoiseDoesntJump() {
        for (int seed = 0; seed < 60; seed++) {
            final float[] column = column(seed);
            assertSmooth(fit(column, x -> 0, 0.2, FREE), column, "noise, seed=" + seed);
            assertSmooth(fit(column, x -> 4 * Math.abs(x - 0.5), 0.2, FREE), column, "bend, seed=" + seed);
            assertSmooth(fit(column, x -> Math.tanh(12 * (x - 0.5)), 0.1, FREE), column, "slope, seed=" + seed);
        }
    }

    @Test
    void aJumpAgainstADirectionIsNone() {
        final float[] column = column(3);
        assertSmooth(fit(column, x -> x > 0.613 ? 0 : 1, 0.05, RISES), column, "falls");
    }

    /** Nothing was moved: the grid is the one that values make. */
    private static void assertSmooth(final AdditiveShapes shapes, final float[] column, final String what) {
        assertArrayEquals(
                FeatureGrid.of(column).places(), shapes.grids().getFirst().places(), what);
    }

    private static float[] column(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final float[] column = new float[QUERIES];
        for (int q = 0; q < QUERIES; q++) {
            column[q] = (float) random.nextDouble();
        }
        return column;
    }

    private static AdditiveShapes fit(
            final float[] column, final DoubleUnaryOperator truth, final double noise, final int[] directions) {
        final SplittableRandom random = new SplittableRandom(11);
        final float[][] rows = new float[QUERIES][];
        final double[] target = new double[QUERIES];
        final double[] weights = new double[QUERIES];
        for (int q = 0; q < QUERIES; q++) {
            rows[q] = new float[] {column[q]};
            target[q] = truth.applyAsDouble(column[q]) + noise * random.nextGaussian();
            weights[q] = 1 + q % 3;
        }
        return AdditiveShapes.fit(
                List.of(FeatureGrid.of(column)), rows, new double[][] {target}, weights, new int[][] {directions});
    }
}

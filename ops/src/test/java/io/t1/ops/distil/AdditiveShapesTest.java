package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdditiveShapesTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 255, 256})
    void theNearestPlaceIsTheNearest(final int places) {
        final SplittableRandom random = new SplittableRandom(places);
        final float[] at = new float[places];
        for (int i = 0; i < places; i++) {
            at[i] = i - 100 + (i % 3 == 0 ? 0 : (float) random.nextDouble(0.5));
        }
        final FeatureGrid grid = new FeatureGrid(at, 0);
        for (int trial = 0; trial < 20_000; trial++) {
            final float value = trial % 2 == 0 ? random.nextInt(-120, 180) / 2f : (float) random.nextDouble(-120, 180);
            int nearest = 0;
            for (int i = 1; i < places; i++) {
                nearest = Math.abs((double) at[i] - value) < Math.abs((double) at[nearest] - value) ? i : nearest;
            }
            assertEquals(nearest, grid.nearest(value), "value=" + value);
        }
        assertEquals(grid.nearest(0f), grid.nearest(-0f));
        assertEquals(0, grid.nearest(Float.NEGATIVE_INFINITY));
        assertEquals(places - 1, grid.nearest(Float.POSITIVE_INFINITY));
    }

    @Test
    void findsTheShapesThatATargetIsMadeOfThoughFeaturesGoTogether() {
        final SplittableRandom random = new SplittableRandom(3);
        final int n = 6_000;
        final float[][] rows = new float[n][3];
        final double[] target = new double[n];
        for (int q = 0; q < n; q++) {
            rows[q][0] = (float) random.nextGaussian();
            rows[q][1] = (float) (0.7 * rows[q][0] + random.nextGaussian());
            rows[q][2] = random.nextInt(6);
            target[q] = Math.tanh(rows[q][0]) + 0.5 * Math.abs(rows[q][1]) + (rows[q][2] == 3 ? 1 : 0);
        }
        final AdditiveShapes shapes = fit(rows, target, new int[] {1, 0, 0});
        final double[] fitted = shapes.at(rows)[0];
        double squares = 0;
        for (int q = 0; q < n; q++) {
            squares += Math.pow(fitted[q] - target[q], 2) / n;
        }
        assertTrue(Math.sqrt(squares) < 0.06, "error=" + Math.sqrt(squares));
        final double[] first = shapes.values()[0][0];
        for (int i = 1; i < first.length; i++) {
            assertTrue(first[i] >= first[i - 1], "at " + i);
        }
    }

    @Test
    void aShapeThatMustRiseIsFlatWhereItsTargetFalls() {
        final float[][] rows = new float[500][1];
        final double[] target = new double[500];
        for (int q = 0; q < 500; q++) {
            rows[q][0] = q;
            target[q] = -q;
        }
        final double[] shape = fit(rows, target, new int[] {1}).values()[0][0];
        assertEquals(0, Arrays.stream(shape).map(Math::abs).max().orElse(1), 1e-9);
    }

    @Test
    void aGridHoldsBothEndsAndPutsMissingValuesAtTheMedian() {
        final float[] values = new float[10_001];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.exp(i / 1_000.0);
        }
        values[17] = Float.NaN;
        final FeatureGrid grid = FeatureGrid.of(values);
        assertEquals(FeatureGrid.MOST, grid.places().length);
        assertEquals(1, grid.places()[0]);
        assertEquals((float) Math.exp(10), grid.places()[255]);
        assertEquals(0, grid.nearest(-5));
        assertEquals(255, grid.nearest(1e9f));
        assertEquals(128, grid.nearest(Float.NaN), 1);
        for (int i = 1; i < 256; i++) {
            assertTrue(grid.places()[i] > grid.places()[i - 1], "at " + i);
        }
    }

    private static AdditiveShapes fit(final float[][] rows, final double[] target, final int[] directions) {
        final List<FeatureGrid> grids = IntStream.range(0, rows[0].length)
                .mapToObj(f -> {
                    final float[] column = new float[rows.length];
                    IntStream.range(0, rows.length).forEach(q -> column[q] = rows[q][f]);
                    return FeatureGrid.of(column);
                })
                .toList();
        final double[] weights = new double[rows.length];
        Arrays.fill(weights, 1);
        return AdditiveShapes.fit(grids, rows, new double[][] {target}, weights, new int[][] {directions});
    }
}

package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GridSmootherTest {
    @Test
    void leavesStraightLinesAndNoOtherSequenceDoesBetter() {
        final SplittableRandom random = new SplittableRandom(5);
        final int n = 160;
        final double[] line = new double[n];
        final double[] means = new double[n];
        final double[] weights = new double[n];
        for (int i = 0; i < n; i++) {
            line[i] = 3 - 0.2 * i;
            means[i] = random.nextGaussian();
            weights[i] = i % 7 == 0 ? 0 : random.nextDouble();
        }
        final double[] kept = GridSmoother.smooth(line, weights, 2.5, 0);
        for (int i = 0; i < n; i++) {
            assertEquals(line[i], kept[i], 1e-6, "at " + i);
        }
        final double[] smooth = GridSmoother.smooth(means, weights, 2.5, 0);
        final double least = objective(smooth, means, weights);
        for (int i = 0; i < n; i++) {
            for (final double by : new double[] {-1e-3, 1e-3}) {
                final double[] other = smooth.clone();
                other[i] += by;
                assertTrue(objective(other, means, weights) >= least, "at " + i);
            }
        }
        final double[] falling = GridSmoother.smooth(means, weights, 2.5, -1);
        for (int i = 1; i < n; i++) {
            assertTrue(falling[i] <= falling[i - 1], "at " + i);
        }
    }

    private static double objective(final double[] s, final double[] means, final double[] weights) {
        final int n = s.length;
        final double penalty = Arrays.stream(weights).sum() / n * Math.pow(2.5, 4);
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += weights[i] * Math.pow(s[i] - means[i], 2);
            sum += i > 1 ? penalty * Math.pow(s[i] - 2 * s[i - 1] + s[i - 2], 2) : 0;
        }
        return sum;
    }
}

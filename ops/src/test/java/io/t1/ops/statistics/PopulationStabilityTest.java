package io.t1.ops.statistics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PopulationStabilityTest {
    @Test
    void isTheTextbookSum() {
        // (0.6 - 0.5) ln(0.6 / 0.5) + (0.4 - 0.5) ln(0.4 / 0.5)
        final var index = PopulationStability.of(new long[] {500_000, 500_000}, new long[] {600_000, 400_000});
        assertEquals(0.1 * Math.log(1.2) - 0.1 * Math.log(0.8), index.index(), 1e-5);
    }

    @Test
    void isTheSameBothWaysAndNothingForTheSameShares() {
        final long[] a = {10, 200, 3_000, 0};
        final long[] b = {90, 2_000, 300, 7};
        assertEquals(
                PopulationStability.of(a, b).index(),
                PopulationStability.of(b, a).index(),
                1e-12);
        assertEquals(0, PopulationStability.of(a, a).index(), 1e-12);
    }

    @Test
    void anEmptyCellIsFinite() {
        final double index =
                PopulationStability.of(new long[] {0, 100}, new long[] {100, 0}).index();
        assertTrue(Double.isFinite(index) && index > 5, "index=" + index);
    }

    /** The noise of the definition is met by drawing: 20,000 pairs of samples of one population. */
    @Test
    void nineteenOfTwentyPairsOfOnePopulationStayUnderTheNoise() {
        final SplittableRandom random = new SplittableRandom(4);
        int under = 0;
        final int pairs = 20_000;
        for (int i = 0; i < pairs; i++) {
            final var index = PopulationStability.of(draw(random, 800), draw(random, 1_700));
            under += index.index() <= index.noise() ? 1 : 0;
        }
        assertEquals(0.95, under / (double) pairs, 0.01);
    }

    private static long[] draw(final SplittableRandom random, final int rows) {
        final long[] counts = new long[16];
        for (int r = 0; r < rows; r++) {
            counts[random.nextInt(16)]++;
        }
        return counts;
    }

    @Test
    void cellsMustBeTheSame() {
        assertThrows(IllegalArgumentException.class, () -> PopulationStability.of(new long[2], new long[3]));
    }
}

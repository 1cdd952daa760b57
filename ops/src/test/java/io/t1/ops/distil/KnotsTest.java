package io.t1.ops.distil;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnotsTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8})
    void areSeventeenAndAscendWhateverTheValues(final int shape) {
        for (int seed = 0; seed < 20; seed++) {
            final float[] knots = Knots.of(values(shape, new SplittableRandom(seed)));
            assertEquals(17, knots.length);
            for (int i = 1; i < 17; i++) {
                final float width = knots[i] - knots[i - 1];
                assertTrue(
                        width > 0 && Float.isFinite(16f / width),
                        "shape=" + shape + ", seed=" + seed + ": " + Arrays.toString(knots));
            }
        }
    }

    @Test
    void standAtEqualSharesOfASpreadFeature() {
        final float[] values = new float[1_601];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) i * i;
        }
        final float[] knots = Knots.of(values);
        for (int j = 0; j < 17; j++) {
            assertEquals(10_000f * j * j, knots[j]);
        }
    }

    @Test
    void keepEveryValueOfACountApart() {
        final float[] knots = Knots.of(new float[] {3, 1, 1, 2, 1, Float.NaN, 7});
        assertEquals(1, knots[0]);
        assertEquals(2, knots[1]);
        assertEquals(3, knots[2]);
        assertEquals(7, knots[3]);
        assertEquals(1, Knots.median(new float[] {3, 1, 1, 2, 1, Float.NaN}));
    }

    private static float[] values(final int shape, final SplittableRandom random) {
        final float[] values = new float[500];
        for (int i = 0; i < values.length; i++) {
            values[i] = switch (shape) {
                case 0 -> 5;
                case 1 -> Float.NaN;
                case 2 -> random.nextInt(2);
                case 3 -> random.nextInt(16);
                case 4 -> random.nextInt(10) < 9 ? 0 : random.nextFloat();
                case 5 -> (float) Math.exp(20 * random.nextGaussian());
                case 6 -> random.nextInt(20) * Float.MIN_VALUE;
                case 7 -> 1e30f * (random.nextFloat() - 0.5f);
                default -> Math.nextUp(1e8f) + 8 * random.nextInt(3);
            };
        }
        return values;
    }
}

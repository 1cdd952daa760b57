package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FloatOrderTest {
    private static final float[] EDGES = {
        Float.NEGATIVE_INFINITY,
        -Float.MAX_VALUE,
        -1,
        -Float.MIN_NORMAL,
        -Float.MIN_VALUE,
        -0.0f,
        0.0f,
        Float.MIN_VALUE,
        Float.MIN_NORMAL,
        1,
        Math.nextUp(1f),
        Float.MAX_VALUE,
        Float.POSITIVE_INFINITY
    };

    @Test
    void keysCompareAsTheirFloatsDo() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 100_000; i++) {
            final float a = any(random);
            final float b = any(random);
            final long below = FloatOrder.below(FloatOrder.key(a), FloatOrder.key(b));
            assertEquals(a < b ? 1 : 0, below, a + " < " + b);
        }
    }

    @Test
    void aKeyGivesItsFloatBackAndForMinusZeroZero() {
        final SplittableRandom random = new SplittableRandom(2);
        for (int i = 0; i < 100_000; i++) {
            final float x = any(random);
            assertEquals(
                    Float.floatToRawIntBits(x + 0.0f),
                    Float.floatToRawIntBits(FloatOrder.ofKey(FloatOrder.key(x))),
                    "x=" + x);
        }
    }

    private static float any(final SplittableRandom random) {
        final float x =
                random.nextInt(4) == 0 ? EDGES[random.nextInt(EDGES.length)] : Float.intBitsToFloat(random.nextInt());
        return Float.isNaN(x) ? 0 : x;
    }
}

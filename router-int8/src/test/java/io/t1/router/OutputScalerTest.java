package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.router.artifact.AccumulatorRange;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class OutputScalerTest {
    @Test
    void scalesAndClampsInFloat32AsTheDefinitionSays() {
        final RouterArtifact artifact = RandomTables.artifact(3, 6, 5, 2);
        final SplittableRandom random = new SplittableRandom(3);
        final int count = 50;
        final int stride = 53;
        final int[] accumulators = new int[5 * stride];
        for (int i = 0; i < accumulators.length; i++) {
            accumulators[i] = switch (i % 5) {
                case 0 -> AccumulatorRange.LIMIT - 1;
                case 1 -> 1 - AccumulatorRange.LIMIT;
                case 2 -> 0;
                default -> random.nextInt(-300_000, 300_000);
            };
        }
        final float[] values = new float[5 * stride];
        try (RouterTable table = RouterTable.of(artifact)) {
            final OutputScaler scaler = OutputScaler.of(table);
            scaler.scale(accumulators, values, stride, count);
            int inside = 0;
            for (int o = 0; o < 5; o++) {
                final OutputSpec output = artifact.outputs().get(o);
                for (int q = 0; q < stride; q++) {
                    final int acc = accumulators[o * stride + q];
                    final float product = output.scale() * acc;
                    final float sum = output.offset() + product;
                    final float expected = sum < output.lo() ? output.lo() : sum > output.hi() ? output.hi() : sum;
                    inside += q < count && expected == sum ? 1 : 0;
                    assertEquals(q < count ? expected : 0f, values[o * stride + q], "output " + o + ", q=" + q);
                    assertEquals(expected, scaler.scale(o, acc));
                }
            }
            assertEquals(true, inside > 50, "values inside the clamp: " + inside);
        }
    }
}

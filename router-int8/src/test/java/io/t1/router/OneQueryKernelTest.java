package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One query alone gets the outputs that it gets in a batch, to the bit. */
class OneQueryKernelTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void givesTheOutputsOfTheSpecification(final long seed) {
        final SplittableRandom random = new SplittableRandom(seed);
        final int features = random.nextInt(1, 17);
        final int outputs = random.nextInt(4, 6);
        final int pairs = Math.min(random.nextInt(0, 9), features * (features - 1) / 2);
        final RouterArtifact artifact = RandomTables.artifact(seed, features, outputs, pairs);
        try (RouterTable table = RouterTable.of(artifact)) {
            final RouterKernel scalar = KernelKind.SCALAR.bind(table);
            final OutputScaler scaler = OutputScaler.of(table);
            final byte[] codes = new byte[16];
            final int[] expected = new int[5];
            final float[] clamped = new float[5];
            for (int query = 0; query < 300; query++) {
                random.nextBytes(codes);
                scalar.accumulate(codes, expected, 1, 1);
                scaler.scale(expected, clamped, 1, 1);
                for (final KernelKind kind : KernelKind.values()) {
                    final float[] actual = new float[OneQueryKernel.ROOM];
                    kind.bindOne(table).compute(codes, new int[OneQueryKernel.ROOM], actual);
                    for (int o = 0; o < outputs; o++) {
                        assertEquals(
                                Float.floatToRawIntBits(clamped[o]),
                                Float.floatToRawIntBits(actual[o]),
                                kind + ", seed=" + seed + ", query=" + query + ", output=" + o + ": " + actual[o]
                                        + " for " + clamped[o]);
                    }
                }
            }
        }
    }

    /** A search thread that decides one query pins no table. */
    @ParameterizedTest
    @EnumSource
    void computesOnWhenItsTableIsClosed(final KernelKind kind) {
        final byte[] codes = {1, 17, (byte) 200, -1, 90, 0, 33, 64, 0, 0, 0, 0, 0, 0, 0, 0};
        final float[] open = new float[OneQueryKernel.ROOM];
        final float[] closed = new float[OneQueryKernel.ROOM];
        final OneQueryKernel kernel;
        try (RouterTable table = RouterTable.of(RandomTables.artifact(31, 8, 5, 4))) {
            kernel = kind.bindOne(table);
            kernel.compute(codes, new int[OneQueryKernel.ROOM], open);
        }
        kernel.compute(codes, new int[OneQueryKernel.ROOM], closed);
        assertArrayEquals(open, closed);
    }
}

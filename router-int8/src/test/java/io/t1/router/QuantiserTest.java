package io.t1.router;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import io.t1.router.generate.RandomTables;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QuantiserTest {
    /** Knots 0, 1, ... 16, so that codes can be told by eye. */
    private static final FeatureSpec UNIT = spec(77, 0, 1);

    @Test
    void givesTheCodesOfTheDefinitions() {
        assertEquals(0, code(UNIT, 0f));
        assertEquals(0, code(UNIT, -0.0f));
        assertEquals(0, code(UNIT, -1f));
        assertEquals(0, code(UNIT, Float.NEGATIVE_INFINITY));
        assertEquals(0, code(UNIT, -Float.MAX_VALUE));
        assertEquals(1, code(UNIT, 1f / 16));
        assertEquals(0, code(UNIT, Math.nextDown(1f / 16)));
        assertEquals(16, code(UNIT, 1f));
        assertEquals(15, code(UNIT, Math.nextDown(1f)));
        assertEquals(136, code(UNIT, 8.5f));
        assertEquals(255, code(UNIT, 15.9375f));
        assertEquals(255, code(UNIT, 16f));
        assertEquals(255, code(UNIT, 17f));
        assertEquals(255, code(UNIT, Float.MAX_VALUE));
        assertEquals(255, code(UNIT, Float.POSITIVE_INFINITY));
        assertEquals(77, code(UNIT, Float.NaN));
        assertEquals(77, code(UNIT, Float.intBitsToFloat(0xFFC00123)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void scalarAndVectorAgreeWithTheDefinitionAtEveryEdge(final long seed) {
        final List<FeatureSpec> features = features(seed);
        final QuantiserSegments segments = new QuantiserSegments(features);
        final List<ColumnQuantiser> quantisers = List.of(
                new ScalarQuantiser(segments),
                new VectorQuantiser(segments, 128),
                new VectorQuantiser(segments, 256),
                new VectorQuantiser(segments, 512));
        for (int f = 0; f < features.size(); f++) {
            for (final float x : interesting(features.get(f), seed)) {
                final int expected = byDefinition(features.get(f), x);
                for (int i = 0; i < quantisers.size(); i++) {
                    assertEquals(
                            expected,
                            quantisers.get(i).quantise(f, x) & 0xFF,
                            "seed=" + seed + ", feature=" + f + ", x=" + x + ", quantiser=" + i);
                }
            }
        }
    }

    /** With room for whole registers a row goes through the vectors that lie along the features. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void wholeRowsAgreeWithTheDefinitionAtEveryEdge(final long seed) {
        final List<FeatureSpec> all = features(seed);
        for (int n = 1; n <= 16; n++) {
            final List<FeatureSpec> features = all.subList(all.size() - n, all.size());
            final Quantiser quantiser = Quantiser.of(features, KernelKind.VECTOR);
            final float[][] values = new float[n][];
            for (int f = 0; f < n; f++) {
                values[f] = interesting(features.get(f), seed);
            }
            final byte[] codes = new byte[16];
            final float[] row = new float[n];
            for (int i = 0; i < values[0].length; i++) {
                for (int f = 0; f < n; f++) {
                    row[f] = values[f][(i + 31 * f) % values[f].length];
                }
                quantiser.quantise(row, codes);
                for (int f = 0; f < n; f++) {
                    assertEquals(
                            byDefinition(features.get(f), row[f]),
                            codes[f] & 0xFF,
                            "seed=" + seed + ", features=" + n + ", feature=" + f + ", x=" + row[f]);
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aGreaterValueNeverHasALesserCode(final long seed) {
        final List<FeatureSpec> features = features(seed);
        for (final FeatureSpec feature : features) {
            final float[] values = interesting(feature, seed);
            Arrays.sort(values);
            int before = 0;
            for (final float x : values) {
                if (!Float.isNaN(x)) {
                    final int code = code(feature, x);
                    assertTrue(code >= before, "seed=" + seed + ", x=" + x + ": " + code + " < " + before);
                    before = code;
                }
            }
            assertEquals(255, before);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 31, 32, 33, 100})
    void rowsColumnsAndSingleQueriesGiveTheSameCodes(final int count) {
        for (final int features : new int[] {1, 4, 5, 8, 11, 16}) {
            theSameCodes(features, count);
        }
    }

    private static void theSameCodes(final int features, final int count) {
        final RouterArtifact artifact = RandomTables.artifact(8, features, 4, 0);
        final float[][] rows = RandomTables.features(count, artifact, count);
        final ByteBuffer rowBytes =
                ByteBuffer.allocate(4 * features * count + 3).order(ByteOrder.LITTLE_ENDIAN);
        final ByteBuffer columnBytes =
                ByteBuffer.allocateDirect(4 * features * count).order(ByteOrder.LITTLE_ENDIAN);
        rows[count / 2][features - 1] = Float.NaN;
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < features; f++) {
                rowBytes.putFloat(3 + 4 * (features * q + f), rows[q][f]);
                columnBytes.putFloat(4 * (count * f + q), rows[q][f]);
            }
        }
        final int stride = count + 2;
        final byte[] expected = new byte[features * stride];
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < features; f++) {
                expected[f * stride + q] =
                        (byte) byDefinition(artifact.features().get(f), rows[q][f]);
            }
        }
        for (final KernelKind kind : KernelKind.values()) {
            final Quantiser quantiser = Quantiser.of(artifact.features(), kind);
            final byte[] fromRows = new byte[features * stride];
            quantiser.quantiseRows(new UnsafeBuffer(rowBytes), 3, fromRows, stride, count, new QuantiserRoom());
            assertArrayEquals(expected, fromRows, kind + " rows");
            final byte[] fromColumns = new byte[features * stride];
            quantiser.quantiseColumns(new UnsafeBuffer(columnBytes), 0, fromColumns, stride, count);
            assertArrayEquals(expected, fromColumns, kind + " columns");
            final byte[] single = new byte[features];
            quantiser.quantise(rows[0], single);
            final byte[] roomy = new byte[16];
            quantiser.quantise(rows[0], roomy);
            assertArrayEquals(single, Arrays.copyOf(roomy, features), kind + " with room");
            for (int f = 0; f < features; f++) {
                assertEquals(expected[f * stride], single[f], kind + " single");
            }
        }
    }

    @Test
    void refusesValuesOrCodesThatAreTooFew() {
        final Quantiser quantiser = Quantiser.of(List.of(UNIT, UNIT));
        final UnsafeBuffer rows = new UnsafeBuffer(new byte[4 * 2 * 8]);
        final Class<IndexOutOfBoundsException> refused = IndexOutOfBoundsException.class;
        assertThrows(refused, () -> quantiser.quantiseRows(rows, 1, new byte[16], 8, 8, new QuantiserRoom()));
        assertThrows(refused, () -> quantiser.quantiseRows(rows, 0, new byte[15], 8, 8, new QuantiserRoom()));
        assertThrows(refused, () -> quantiser.quantiseColumns(rows, 0, new byte[18], 9, 9));
        assertThrows(refused, () -> quantiser.quantiseColumns(rows, 0, new byte[16], 4, 8));
        assertThrows(refused, () -> quantiser.quantiseRows(rows, 0, new byte[16], 8, 0, new QuantiserRoom()));
        assertThrows(refused, () -> quantiser.quantise(new float[1], new byte[2]));
    }

    /** The definition, word for word: a second witness. */
    private static int byDefinition(final FeatureSpec feature, final float x) {
        if (Float.isNaN(x)) {
            return feature.defaultCode();
        }
        final float[] knots = feature.knots();
        int s = 0;
        for (int i = 1; i <= 15; i++) {
            if (knots[i] <= x) {
                s++;
            }
        }
        final float inverse = 16f / (knots[s + 1] - knots[s]);
        final int r = Math.min(15, Math.max(0, (int) ((x - knots[s]) * inverse)));
        return 16 * s + r;
    }

    private static int code(final FeatureSpec feature, final float x) {
        final byte[] codes = new byte[1];
        Quantiser.of(List.of(feature)).quantise(new float[] {x}, codes);
        return codes[0] & 0xFF;
    }

    /** Usual features, and knots about zero, tiny, huge, and one ulp apart. */
    private static List<FeatureSpec> features(final long seed) {
        final List<FeatureSpec> features =
                new ArrayList<>(RandomTables.artifact(seed, 16, 4, 0).features());
        features.add(UNIT);
        features.add(spec(3, -8, 1));
        features.add(spec(200, 1e-37f, 1e-37f));
        features.add(spec(0, -8e37f, 1e37f));
        final float[] dense = new float[17];
        dense[0] = 1f;
        for (int i = 1; i < 17; i++) {
            dense[i] = Math.nextUp(dense[i - 1]);
        }
        features.add(new FeatureSpec("dense", "", 9, dense));
        return features;
    }

    private static FeatureSpec spec(final int defaultCode, final float first, final float width) {
        final float[] knots = new float[17];
        for (int i = 0; i < 17; i++) {
            knots[i] = first + i * width;
        }
        return new FeatureSpec("unit", "", defaultCode, knots);
    }

    private static float[] interesting(final FeatureSpec feature, final long seed) {
        final List<Float> values = new ArrayList<>(List.of(
                Float.NaN,
                Float.POSITIVE_INFINITY,
                Float.NEGATIVE_INFINITY,
                Float.MAX_VALUE,
                -Float.MAX_VALUE,
                Float.MIN_VALUE,
                -Float.MIN_VALUE,
                0f,
                -0.0f));
        final float[] knots = feature.knots();
        for (int i = 0; i < 17; i++) {
            values.add(knots[i]);
            values.add(Math.nextUp(knots[i]));
            values.add(Math.nextDown(knots[i]));
            for (int r = 1; i < 16 && r < 16; r++) {
                final float sixteenth = knots[i] + (knots[i + 1] - knots[i]) * r / 16;
                values.add(sixteenth);
                values.add(Math.nextDown(sixteenth));
            }
        }
        final SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 300; i++) {
            values.add(Float.intBitsToFloat(random.nextInt()));
            values.add(knots[0] + (knots[16] - knots[0]) * (float) random.nextDouble());
        }
        final float[] all = new float[values.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = values.get(i);
        }
        return all;
    }
}

package io.t1.gating;

import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Seeded queries whose codes are known by construction: each value lies in the middle of its sixteenth, or outside the
 * knots, or is NaN or infinite. So no quantiser is needed to know what they ought to be decided on.
 */
final class KnownQueries {
    final int count;
    final int[][] codes;
    final float[][] features;
    final float[] nodeScores;

    KnownQueries(final RouterArtifact artifact, final int count, final long seed) {
        this.count = count;
        final Random random = new Random(seed);
        final List<FeatureSpec> specs = artifact.features();
        codes = new int[count][specs.size()];
        features = new float[count][specs.size()];
        nodeScores = new float[count];
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < specs.size(); f++) {
                draw(specs.get(f), q, f, random);
            }
            nodeScores[q] = nodeScore(random);
        }
    }

    /** Float32 rows from {@code offset} on. */
    UnsafeBuffer rows(final int offset) {
        final int width = features[0].length;
        final UnsafeBuffer rows = new UnsafeBuffer(new byte[offset + Float.BYTES * width * count]);
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < width; f++) {
                rows.putFloat(offset + Float.BYTES * (q * width + f), features[q][f], ByteOrder.LITTLE_ENDIAN);
            }
        }
        return rows;
    }

    UnsafeBuffer columns(final int offset) {
        final int width = features[0].length;
        final UnsafeBuffer columns = new UnsafeBuffer(new byte[offset + Float.BYTES * width * count]);
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < width; f++) {
                columns.putFloat(offset + Float.BYTES * (f * count + q), features[q][f], ByteOrder.LITTLE_ENDIAN);
            }
        }
        return columns;
    }

    UnsafeBuffer codeRows(final int offset) {
        final int width = features[0].length;
        final UnsafeBuffer rows = new UnsafeBuffer(new byte[offset + width * count]);
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < width; f++) {
                rows.putByte(offset + q * width + f, (byte) codes[q][f]);
            }
        }
        return rows;
    }

    UnsafeBuffer codeColumns(final int offset) {
        final int width = features[0].length;
        final UnsafeBuffer columns = new UnsafeBuffer(new byte[offset + width * count]);
        for (int q = 0; q < count; q++) {
            for (int f = 0; f < width; f++) {
                columns.putByte(offset + f * count + q, (byte) codes[q][f]);
            }
        }
        return columns;
    }

    UnsafeBuffer scores(final int offset) {
        final UnsafeBuffer scores = new UnsafeBuffer(new byte[offset + Float.BYTES * count]);
        for (int q = 0; q < count; q++) {
            scores.putFloat(offset + Float.BYTES * q, nodeScores[q], ByteOrder.LITTLE_ENDIAN);
        }
        return scores;
    }

    private void draw(final FeatureSpec spec, final int q, final int f, final Random random) {
        final float[] knots = spec.knots();
        switch (random.nextInt(20)) {
            case 0 -> set(q, f, Float.NaN, spec.defaultCode());
            case 1 -> set(q, f, Float.NEGATIVE_INFINITY, 0);
            case 2 -> set(q, f, Float.POSITIVE_INFINITY, 255);
            case 3 -> set(q, f, knots[0] - 1, 0);
            case 4 -> set(q, f, knots[16], 255);
            default -> {
                final int code = random.nextInt(256);
                final double left = knots[code / 16];
                final double right = knots[code / 16 + 1];
                set(q, f, (float) (left + (right - left) * (code % 16 + 0.5) / 16), code);
            }
        }
    }

    private void set(final int q, final int f, final float value, final int code) {
        features[q][f] = value;
        codes[q][f] = code;
    }

    private static float nodeScore(final Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> 0;
            case 1 -> 1;
            case 2 -> random.nextBoolean() ? Float.POSITIVE_INFINITY : Float.NEGATIVE_INFINITY;
            case 3 -> -0.0f;
            case 4, 5 -> random.nextFloat();
            default -> Float.NaN;
        };
    }
}

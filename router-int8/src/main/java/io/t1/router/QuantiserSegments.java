package io.t1.router;

import io.t1.router.artifact.FeatureSpec;
import java.util.Arrays;
import java.util.List;

/** What quantisers read, for all features, 16 entries each. */
final class QuantiserSegments {
    static final int SEGMENTS = FeatureSpec.KNOTS - 1;

    /** {@code left[16 * feature + s]}: the first knot of segment s. */
    final float[] left;

    /** {@code keys[16 * feature + s]}: one less than {@link FloatOrder#key} of {@code left}: below x's exactly when left <= x. */
    final int[] keys;

    /** {@code inverse[16 * feature + s]}: {@code 16 / (k[s+1] - k[s])}, sixteenths a unit. */
    final float[] inverse;

    /** {@code last[feature]}: where the last segment ends. */
    private final float[] last;

    /** {@code defaultCodes[feature]}: the code of NaN. */
    final byte[] defaultCodes;

    QuantiserSegments(final List<FeatureSpec> features) {
        left = new float[SEGMENTS * features.size()];
        keys = new int[SEGMENTS * features.size()];
        inverse = new float[SEGMENTS * features.size()];
        last = new float[features.size()];
        defaultCodes = new byte[features.size()];
        for (int f = 0; f < features.size(); f++) {
            final float[] knots = features.get(f).knots();
            for (int s = 0; s < SEGMENTS; s++) {
                final int at = SEGMENTS * f + s;
                left[at] = knots[s];
                keys[at] = FloatOrder.key(knots[s]) - 1;
                inverse[at] = 16f / (knots[s + 1] - knots[s]);
            }
            last[f] = knots[SEGMENTS];
            defaultCodes[f] = (byte) features.get(f).defaultCode();
        }
    }

    /** A copy of a feature's 17 knots. */
    float[] knots(final int feature) {
        final float[] knots = Arrays.copyOfRange(left, SEGMENTS * feature, SEGMENTS * feature + FeatureSpec.KNOTS);
        knots[SEGMENTS] = last[feature];
        return knots;
    }

    /** {@code interior[16 * feature + i]}: knots 1 to 15, then NaN, which nothing reaches. */
    float[] interior() {
        final float[] interior = new float[left.length];
        for (int at = 0; at < interior.length; at++) {
            interior[at] = at % SEGMENTS == SEGMENTS - 1 ? Float.NaN : left[at + 1];
        }
        return interior;
    }

    /** The code of x in segment {@code s} of a feature: shared, so that it is rounded the same way everywhere. */
    byte code(final int feature, final int s, final float x) {
        final int at = SEGMENTS * feature + s;
        final int r = (int) ((x - left[at]) * inverse[at]);
        return (byte) ((s << 4) + Math.min(Math.max(r, 0), 15));
    }
}

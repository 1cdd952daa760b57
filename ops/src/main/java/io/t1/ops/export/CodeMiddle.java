package io.t1.ops.export;

import io.t1.codec.CategoryValue;
import io.t1.router.artifact.FeatureSpec;

/** A value for a code: the middle of the stretch that a feature's quantiser gives this code. Threading: any. */
final class CodeMiddle {
    private static final int STEPS = 16;
    private static final double HALF = 0.5;

    private CodeMiddle() {}

    /**
     * The middle.
     *
     * @param knots 17, ascending.
     * @param code 0 to 255: sixteenths of the 16 segments.
     */
    static float of(final float[] knots, final int code) {
        final int segment = code / STEPS;
        final double left = knots[segment];
        final double width = knots[segment + 1] - left;
        return (float) (left + width * (code % STEPS + HALF) / STEPS);
    }

    /** The value of the category that has a code; that of all others where none has. */
    static float ofCategory(final FeatureSpec feature, final int code) {
        final float knot = feature.knots()[code / STEPS];
        final boolean named = code % STEPS == 0
                && feature.categories().stream().anyMatch(category -> CategoryValue.of(category) == knot);
        return named ? knot : CategoryValue.OTHER;
    }
}

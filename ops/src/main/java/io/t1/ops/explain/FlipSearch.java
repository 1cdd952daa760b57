package io.t1.ops.explain;

import io.t1.codec.Arm;
import io.t1.gating.DeciderThread;
import io.t1.ops.explain.ArmFlip.Direction;
import io.t1.router.FloatOrder;
import io.t1.router.Quantiser;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FeatureSpec;
import io.t1.router.artifact.RouterArtifact;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Finds the least change of each input that changes the arm, by deciding again: a feature has 256 codes, so all of them
 * are tried, and the float32 at which a code begins is found by halving; of a feature with categories, each one.
 *
 * <p>Threading: one thread.
 */
final class FlipSearch {
    private static final int CODES = 256;

    private final RouterArtifact artifact;
    private final Quantiser quantiser;
    private final DeciderThread thread;

    FlipSearch(final RouterArtifact artifact, final Quantiser quantiser, final DeciderThread thread) {
        this.artifact = artifact;
        this.quantiser = quantiser;
        this.thread = thread;
    }

    /**
     * @param score that the gate used.
     * @param arm what is done now.
     */
    List<ArmFlip> of(final float[] features, final float nodeScore, final float score, final Arm arm) {
        final List<ArmFlip> flips = new ArrayList<>();
        for (int f = 0; f < features.length; f++) {
            if (artifact.features().get(f).categorical()) {
                addOfCategories(flips, features, nodeScore, f, arm);
                continue;
            }
            final int code = code(f, features[f]);
            for (int c = code + 1; c < CODES; c++) {
                final float begin = least(f, c);
                final Arm other = armAt(features, f, begin, nodeScore);
                if (other != arm) {
                    flips.add(new ArmFlip(name(f), Direction.UP, begin, other));
                    break;
                }
            }
            for (int c = code - 1; c >= 0; c--) {
                final float end = Math.nextDown(least(f, c + 1));
                final Arm other = armAt(features, f, end, nodeScore);
                if (other != arm) {
                    flips.add(new ArmFlip(name(f), Direction.DOWN, end, other));
                    break;
                }
            }
        }
        addOfScore(flips, features, score, arm);
        return List.copyOf(flips);
    }

    private void addOfCategories(
            final List<ArmFlip> flips,
            final float[] features,
            final float nodeScore,
            final int feature,
            final Arm arm) {
        final FeatureSpec spec = artifact.features().get(feature);
        for (int place = 0; place <= spec.categories().size(); place++) {
            final float value = spec.knots()[CategoryKnots.knot(spec, place)];
            final Arm other = armAt(features, feature, value, nodeScore);
            if (other != arm) {
                flips.add(new ArmFlip(spec.name(), Direction.TO, value, other, CategoryKnots.name(spec, value)));
            }
        }
    }

    /** The arm is monotone in the score, so the first other one on each way is found by halving. */
    private void addOfScore(final List<ArmFlip> flips, final float[] features, final float score, final Arm arm) {
        if (Float.isNaN(score)) {
            return;
        }
        final IntPredicate isOther = key -> armOfScore(features, FloatOrder.ofKey(key)) != arm;
        final int here = FloatOrder.key(score);
        final int most = FloatOrder.key(1f);
        if (score < 1 && isOther.test(most)) {
            final float at = FloatOrder.ofKey(first(here, most, isOther));
            flips.add(new ArmFlip("score", Direction.UP, at, armOfScore(features, at)));
        }
        final int least = FloatOrder.key(0f);
        if (score > 0 && isOther.test(least)) {
            final int kept = first(least, here, key -> !isOther.test(key));
            final float at = FloatOrder.ofKey(kept - 1);
            flips.add(new ArmFlip("score", Direction.DOWN, at, armOfScore(features, at)));
        }
    }

    private Arm armOfScore(final float[] features, final float score) {
        return thread.decide(features, score).arm();
    }

    private Arm armAt(final float[] features, final int feature, final float value, final float nodeScore) {
        final float[] changed = features.clone();
        changed[feature] = value;
        return thread.decide(changed, nodeScore).arm();
    }

    private String name(final int feature) {
        return artifact.features().get(feature).name();
    }

    /** The least value of a feature that has at least this code, above 0. */
    private float least(final int feature, final int code) {
        final FeatureSpec spec = artifact.features().get(feature);
        final int first = FloatOrder.key(spec.knots()[0]);
        final int last = FloatOrder.key(spec.knots()[FeatureSpec.KNOTS - 1]);
        return FloatOrder.ofKey(first(first, last, key -> code(feature, FloatOrder.ofKey(key)) >= code));
    }

    private int code(final int feature, final float value) {
        final float[] row = new float[artifact.features().size()];
        row[feature] = value;
        final byte[] codes = new byte[row.length];
        quantiser.quantise(row, codes);
        return codes[feature] & 0xFF;
    }

    /** The least key above {@code low} and up to {@code high} that passes, where all above one that passes do. */
    private static int first(final int low, final int high, final IntPredicate passes) {
        int below = low;
        int at = high;
        while ((long) at - below > 1) {
            final int middle = (int) (((long) below + at) / 2);
            if (passes.test(middle)) {
                at = middle;
            } else {
                below = middle;
            }
        }
        return at;
    }
}

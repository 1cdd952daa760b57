package io.t1.router.artifact;

import static io.t1.router.artifact.ArtifactChecks.require;
import static io.t1.router.artifact.ArtifactChecks.requireCount;
import static io.t1.router.artifact.ArtifactChecks.requireText;

import io.t1.codec.CategoryValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * How a feature with categories lies on 17 knots. Each category has the knot at its {@link CategoryValue}, and all others
 * share the one behind, at {@link CategoryValue#OTHER}, on which the default code stands; so each has INT8 values of its own,
 * exactly, and nothing of the encoding was learnt from what spending gained.
 *
 * <p>Up to 7 categories lie on every second knot, which is where the lines of a pair's grid are, so that pairs tell them
 * apart exactly, too; up to 15 on every one. Knots between and behind hold no category; they stand at halves, where no
 * category's value is.
 */
public final class CategoryKnots {
    /** Most categories of a feature: with the others they are 16, which is how many knots a code can hit exactly. */
    public static final int MOST = 15;
    /** Most characters of a category. */
    public static final int LONGEST = 64;
    /** What all others are called for people. */
    public static final String OTHERS = "(other)";

    private static final int MOST_ON_GRID_LINES = 7;
    private static final String UNIT = "category";

    private CategoryKnots() {}

    /**
     * A feature with categories.
     *
     * @param categories 1 to 15, in any order.
     * @throws IllegalArgumentException if there are too few or too many, one comes twice, or two have one value.
     */
    public static FeatureSpec feature(final String name, final Collection<String> categories) {
        final List<String> sorted = categories.stream()
                .sorted(Comparator.comparingDouble((String category) -> CategoryValue.of(category))
                        .thenComparing(Comparator.naturalOrder()))
                .toList();
        if (sorted.isEmpty() || sorted.size() > MOST) {
            throw new IllegalArgumentException("categories of " + name + "=" + sorted.size() + " not in 1.." + MOST);
        }
        for (int i = 1; i < sorted.size(); i++) {
            if (CategoryValue.of(sorted.get(i)) == CategoryValue.of(sorted.get(i - 1))) {
                throw new IllegalArgumentException("categories \"" + sorted.get(i - 1) + "\" and \"" + sorted.get(i)
                        + "\" of " + name + " have one value: leave one out, or rename it");
            }
        }
        final int stride = sorted.size() <= MOST_ON_GRID_LINES ? 2 : 1;
        return new FeatureSpec(name, UNIT, 16 * stride * sorted.size(), knots(sorted, stride), sorted);
    }

    /** For people: the category of a value, or that it is one of the others. */
    public static String name(final FeatureSpec feature, final float value) {
        return feature.categories().stream()
                .filter(category -> CategoryValue.of(category) == value)
                .findFirst()
                .orElse(OTHERS);
    }

    /** The knot that a category stands on, by its place among them; the place behind the last is all others'. */
    public static int knot(final FeatureSpec feature, final int place) {
        return feature.defaultCode() / 16 / feature.categories().size() * place;
    }

    private static float[] knots(final List<String> sorted, final int stride) {
        final float[] knots = new float[FeatureSpec.KNOTS];
        final int last = stride * sorted.size();
        for (int i = 0; i < sorted.size(); i++) {
            knots[stride * i] = CategoryValue.of(sorted.get(i));
        }
        knots[last] = CategoryValue.OTHER;
        for (int i = 1; i < last && stride == 2; i += 2) {
            knots[i] = (float) (Math.floor(((double) knots[i - 1] + knots[i + 1]) / 2) + 0.5);
        }
        for (int i = last + 1; i < knots.length; i++) {
            knots[i] = CategoryValue.OTHER + (i - last) - 0.5f;
        }
        return knots;
    }

    static void check(final String path, final FeatureSpec feature) throws RefusedArtifactException {
        if (!feature.categorical()) {
            return;
        }
        final List<String> categories = feature.categories();
        requireCount(path + ".categories", categories.size(), 1, MOST);
        for (int i = 0; i < categories.size(); i++) {
            requireText(path + ".categories[" + i + "]", categories.get(i), 1, LONGEST);
        }
        final FeatureSpec wanted;
        try {
            wanted = feature(feature.name(), categories);
        } catch (final IllegalArgumentException e) {
            throw new RefusedArtifactException(path + ".categories", String.valueOf(e.getMessage()));
        }
        require(
                wanted.categories().equals(categories),
                path + ".categories",
                "of " + feature.name() + " aren't in the order of their values, " + wanted.categories());
        require(
                Arrays.equals(wanted.knots(), feature.knots()),
                path + ".knots",
                "aren't where the categories of " + feature.name() + " have them, " + Arrays.toString(wanted.knots()));
        require(
                wanted.defaultCode() == feature.defaultCode(),
                path + ".default_code",
                "code=" + feature.defaultCode() + " != " + wanted.defaultCode() + ", where " + feature.name()
                        + " has all categories but those declared");
    }
}

package io.t1.ops.cli;

import io.t1.codec.FeatureDescription;
import io.t1.ops.BadInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** One query: its features, and a score of the node's own. */
final class QueryOptions {
    @Option(
            names = "--features",
            required = true,
            paramLabel = "NAME=VALUE,...",
            split = ",",
            description = "The query's features, of one with categories the category's name; those that the table has"
                    + " besides count as unknown.")
    private LinkedHashMap<String, String> features;

    @Option(names = "--score", paramLabel = "P", description = "The node's own score, 0 to 1, in place of the table's.")
    private @Nullable Float score;

    /** As they were given. */
    List<String> names() {
        return List.copyOf(features.keySet());
    }

    /**
     * In the order of {@link #names}.
     *
     * @param known features of the table, which tell of categories.
     */
    float[] values(final List<FeatureDescription> known) {
        final float[] values = new float[features.size()];
        int at = 0;
        for (final Map.Entry<String, String> feature : features.entrySet()) {
            final String text = feature.getValue();
            values[at++] = known.stream()
                    .filter(description -> description.name().equals(feature.getKey()) && description.categorical())
                    .findFirst()
                    .map(categories -> categories.category(text))
                    .orElseGet(() -> number(feature.getKey(), text));
        }
        return values;
    }

    /** NaN for none. */
    float score() {
        if (score == null) {
            return Float.NaN;
        }
        if (!(score >= 0 && score <= 1)) {
            throw new BadInputException("--score " + score + " not in 0..1");
        }
        return score;
    }

    private static float number(final String name, final String text) {
        try {
            return Float.parseFloat(text);
        } catch (final NumberFormatException e) {
            throw new BadInputException(
                    "--features " + name + "=" + text + " isn't a number (NaN stands for unknown)", e);
        }
    }
}

package io.t1.router.artifact;

import java.util.List;
import java.util.Map;

/**
 * Where a table came from. No clock time: the same data and seed give the same bytes.
 *
 * @param tool name and version of what made it.
 * @param seed of every random choice.
 * @param trainRows rows learnt from.
 * @param testRows rows held out.
 * @param inputs what was read.
 * @param metrics finite figures, by name, e.g. {@code hard_nl_entropy_cut}; written in order of name.
 * @param trainingCounts of each feature, by name, how many of the rows learnt from lay in each segment between two knots,
 *     then in how many it was missing; empty when nothing is known of them. What later traffic is held against.
 */
public record Provenance(
        String tool,
        long seed,
        long trainRows,
        long testRows,
        List<Input> inputs,
        Map<String, Double> metrics,
        Map<String, List<Long>> trainingCounts) {
    /** Of a feature: its segments, and one for missing values. */
    public static final int TRAINING_COUNTS = FeatureSpec.KNOTS;

    /**
     * One file read.
     *
     * @param name its file name, without folders.
     * @param sha256 lower-case hexadecimal.
     * @param rows in it.
     */
    public record Input(String name, String sha256, long rows) {}

    /** Of a table whose rows nobody counted. */
    public Provenance(
            final String tool,
            final long seed,
            final long trainRows,
            final long testRows,
            final List<Input> inputs,
            final Map<String, Double> metrics) {
        this(tool, seed, trainRows, testRows, inputs, metrics, Map.of());
    }
}

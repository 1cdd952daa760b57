package io.t1.ops.cli;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * How long a run took, by wall clock.
 *
 * @param read of the files.
 * @param parts of the learning, by name.
 * @param total from the first file to the table written.
 */
record DistilSeconds(double read, Map<String, Double> parts, double total) {
    private static final String TEACHER = "teacher";

    /** Each part's, and the total. */
    Map<String, Double> all() {
        final Map<String, Double> all = new TreeMap<>(parts);
        all.put("read", read);
        all.put("total", total);
        return all;
    }

    /** Everything, reading and judging included, over the training of the forests that the table is distilled from. */
    double totalOverTeacher() {
        return total / parts.getOrDefault(TEACHER, Double.NaN);
    }

    @Override
    public String toString() {
        final StringBuilder words = new StringBuilder();
        words.append(String.format(Locale.ROOT, "%.1f s: read %.1f", total, read));
        parts.forEach((name, seconds) -> words.append(String.format(Locale.ROOT, ", %s %.1f", name, seconds)));
        return words.toString();
    }
}

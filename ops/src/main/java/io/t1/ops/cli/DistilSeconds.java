package io.t1.ops.cli;

import java.util.List;
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
    /** The teacher's own: its ways tried, and its forests grown. */
    private static final List<String> TEACHER = List.of("search", "teacher");

    /** Each part's, and the total. */
    Map<String, Double> all() {
        final Map<String, Double> all = new TreeMap<>(parts);
        all.put("read", read);
        all.put("total", total);
        return all;
    }

    /** Everything, reading and judging included, over the teacher's training: the search for how to grow it, and its forests. */
    double totalOverTeacher() {
        return total
                / TEACHER.stream()
                        .mapToDouble(part -> parts.getOrDefault(part, Double.NaN))
                        .sum();
    }

    @Override
    public String toString() {
        final StringBuilder words = new StringBuilder();
        words.append(String.format(Locale.ROOT, "%.1f s: read %.1f", total, read));
        parts.forEach((name, seconds) -> words.append(String.format(Locale.ROOT, ", %s %.1f", name, seconds)));
        return words.toString();
    }
}

package io.t1.ops.observation;

import io.t1.codec.CategoryValue;
import io.t1.ops.BadInputException;
import io.t1.router.artifact.CategoryKnots;
import io.t1.router.artifact.FeatureSpec;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which categories of a text column a table tells apart, and the number that stands for each: the most frequent ones, by
 * rows alone. What queries gained plays no part, so one choice for all folds leaks nothing.
 */
final class CategoryColumn {
    /** A category of fewer rows, 50 queries under three arms, is one of the others: too few to learn from. */
    static final long FEWEST_ROWS = 150;

    /** Texts of a file that are looked at, the most frequent first: enough for any that matters. */
    private static final int MOST_TEXTS = 10_000;

    private CategoryColumn() {}

    /** Adds how often each text stands in a column to {@code rowsByText}. */
    static void count(
            final Statement statement, final String source, final String column, final Map<String, Long> rowsByText)
            throws SQLException {
        final String text = "CAST(" + column + " AS VARCHAR)";
        try (ResultSet found = statement.executeQuery("SELECT " + text + " AS category, count(*) AS n FROM " + source
                + " WHERE nullif(" + text + ", '') IS NOT NULL AND length(" + text + ") <= " + CategoryKnots.LONGEST
                + " AND NOT regexp_matches(" + text
                + ", '\\p{Cc}') GROUP BY category ORDER BY n DESC, category LIMIT " + MOST_TEXTS)) {
            while (found.next()) {
                rowsByText.merge(found.getString(1), found.getLong(2), Long::sum);
            }
        }
    }

    /**
     * The categories to tell apart, up to 15: of those with rows enough the most frequent, of equally frequent ones the
     * first by alphabet.
     *
     * @throws BadInputException if no text has rows enough, or two have one value.
     */
    static FeatureColumn.Declared declared(final Path file, final String name, final Map<String, Long> rowsByText) {
        final List<Map.Entry<String, Long>> byRows = new ArrayList<>(new TreeMap<>(rowsByText).entrySet());
        byRows.sort(Comparator.comparingLong((Map.Entry<String, Long> text) -> -text.getValue()));
        final List<String> categories = byRows.stream()
                .filter(text -> text.getValue() >= FEWEST_ROWS)
                .limit(CategoryKnots.MOST)
                .map(Map.Entry::getKey)
                .toList();
        if (categories.isEmpty()) {
            final String most = byRows.isEmpty()
                    ? "it holds none"
                    : "the most frequent, \"" + byRows.getFirst().getKey() + "\", has "
                            + byRows.getFirst().getValue();
            throw new BadInputException(file + ": no category of column " + name + " has " + FEWEST_ROWS + " rows ("
                    + most + "): leave the feature out, or group its texts");
        }
        try {
            final FeatureSpec feature = CategoryKnots.feature(name, categories);
            return new FeatureColumn.Declared(name, feature.categories());
        } catch (final IllegalArgumentException e) {
            throw new BadInputException(file + ": " + e.getMessage(), e);
        }
    }

    /** SQL that gives a text's number; null where it is missing. */
    static String number(final String text, final List<String> categories) {
        final StringBuilder sql =
                new StringBuilder("CASE WHEN nullif(").append(text).append(", '') IS NULL THEN NULL");
        for (final String category : categories) {
            sql.append(" WHEN ")
                    .append(text)
                    .append(" = '")
                    .append(category.replace("'", "''"))
                    .append("' THEN ")
                    .append((int) CategoryValue.of(category));
        }
        return "CAST(" + sql.append(" ELSE ").append((int) CategoryValue.OTHER).append(" END AS DOUBLE)");
    }
}

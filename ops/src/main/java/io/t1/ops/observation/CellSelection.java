package io.t1.ops.observation;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of a file's columns is selected, and where in the result each cell stands. What can only be missing isn't selected.
 *
 * @param sql up to {@code FROM}.
 * @param texts of each of {@link FileSql#TEXTS}, its column of the result from 0, or {@link #NONE}.
 * @param numbers of each number.
 * @param insteads of each number, what stands in its place where it isn't one.
 */
record CellSelection(String sql, int[] texts, int[] numbers, int[] insteads) {
    /** No column: whatever it would hold is missing. */
    static final int NONE = -1;

    /** Types that hold nothing but numbers. */
    private static final Set<String> NUMBERS = Set.of("FLOAT", "DOUBLE", "TINYINT", "SMALLINT", "INTEGER", "BIGINT");

    /**
     * Selects.
     *
     * @param columns of the file with their types.
     * @param names of the numbers, features last.
     * @param categories of the features that have them, by name.
     */
    static CellSelection of(
            final RowColumns kind,
            final Map<String, String> columns,
            final List<String> names,
            final Map<String, List<String>> categories) {
        final Columns selected = new Columns();
        final int[] texts = new int[FileSql.TEXTS.size()];
        for (int t = 0; t < texts.length; t++) {
            final String name = FileSql.TEXTS.get(t);
            final String type = kind.texts().contains(name) ? columns.get(name) : null;
            texts[t] = type == null
                    ? NONE
                    : selected.add(
                            type.endsWith("[]")
                                    ? "CAST(to_json(" + FileSql.identifier(name) + ") AS VARCHAR)"
                                    : FileSql.text(name));
        }
        final int[] numbers = new int[names.size()];
        final int[] insteads = new int[names.size()];
        for (int i = 0; i < numbers.length; i++) {
            final String name = names.get(i);
            final String type = columns.get(name);
            final List<String> declared = categories.get(name);
            insteads[i] = NONE;
            if (type == null) {
                numbers[i] = NONE;
            } else if (declared != null) {
                numbers[i] = selected.add(CategoryColumn.number(FileSql.text(name), declared));
            } else {
                final String number = "TRY_CAST(" + FileSql.identifier(name) + " AS DOUBLE)";
                numbers[i] = selected.add(number);
                if (!NUMBERS.contains(type)) {
                    insteads[i] = selected.add(
                            "CASE WHEN " + number + " IS NULL THEN nullif(" + FileSql.text(name) + ", '') END");
                }
            }
        }
        return new CellSelection("SELECT " + selected.sql, texts, numbers, insteads);
    }

    private static final class Columns {
        private final StringBuilder sql = new StringBuilder();
        private int count;

        int add(final String column) {
            sql.append(count == 0 ? "" : ", ").append(column);
            return count++;
        }
    }
}

package io.t1.ops.observation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The SQL by which DuckDB reads observation files. File and column names reach it only as quoted literals and identifiers;
 * characters that DuckDB would take for a glob are escaped. Threading: any.
 */
final class FileSql {
    /** Columns that are read as text, in the order in which they are selected. */
    static final List<String> TEXTS = List.of("query_id", "arm", "slice", "top10");

    /** Types that hold nothing but numbers. */
    private static final Set<String> NUMBERS = Set.of("FLOAT", "DOUBLE", "TINYINT", "SMALLINT", "INTEGER", "BIGINT");

    private FileSql() {}

    /** Texts in the order of {@link #TEXTS}; then a number each, and what stands there instead where it isn't one. */
    static String selection(
            final RowColumns kind,
            final Map<String, String> columns,
            final List<String> numbers,
            final Map<String, List<String>> categories) {
        final StringBuilder sql = new StringBuilder("SELECT ");
        for (final String name : TEXTS) {
            final String type = kind.texts().contains(name) ? columns.get(name) : null;
            sql.append(
                    type == null
                            ? "NULL"
                            : type.endsWith("[]") ? "CAST(to_json(" + identifier(name) + ") AS VARCHAR)" : text(name));
            sql.append(name.equals(TEXTS.getLast()) ? "" : ", ");
        }
        for (final String name : numbers) {
            if (!columns.containsKey(name)) {
                sql.append(", NULL, NULL");
                continue;
            }
            final String column = identifier(name);
            final List<String> declared = categories.get(name);
            if (declared != null) {
                sql.append(", ")
                        .append(CategoryColumn.number(text(name), declared))
                        .append(", NULL");
                continue;
            }
            final String number = "TRY_CAST(" + column + " AS DOUBLE)";
            sql.append(", ").append(number);
            if (NUMBERS.contains(columns.get(name))) {
                sql.append(", NULL");
                continue;
            }
            sql.append(", CASE WHEN ")
                    .append(number)
                    .append(" IS NULL THEN nullif(")
                    .append(text(name))
                    .append(", '') END");
        }
        return sql.toString();
    }

    static String parquet(final Path file) {
        return "read_parquet(" + literal(file) + ", hive_partitioning=false)";
    }

    /**
     * @param more options of the reader.
     */
    static String csv(final Path file, final String more) {
        return "read_csv(" + literal(file) + ", header=true, all_varchar=true, delim=',', quote='\"', escape='\"',"
                + " hive_partitioning=false, " + more + ")";
    }

    /** Every column as text, so that one bad value spoils one row. */
    static String json(final Path file, final Map<String, String> columns) {
        final StringBuilder types = new StringBuilder();
        columns.forEach((name, type) -> types.append(types.isEmpty() ? "" : ", ")
                .append(identifier(name))
                .append(": 'VARCHAR'"));
        return "read_json(" + literal(file)
                + ", format='newline_delimited', records=true, ignore_errors=true, hive_partitioning=false, columns={"
                + types + "})";
    }

    private static String text(final String column) {
        return "CAST(" + identifier(column) + " AS VARCHAR)";
    }

    static String identifier(final String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    static String literal(final Path file) {
        final String unglobbed = file.toAbsolutePath().toString().replaceAll("([\\[*?])", "[$1]");
        return "'" + unglobbed.replace("'", "''") + "'";
    }
}

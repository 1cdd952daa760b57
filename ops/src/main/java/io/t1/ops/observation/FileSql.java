package io.t1.ops.observation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The SQL by which DuckDB reads observation files. File and column names reach it only as quoted literals and identifiers;
 * characters that DuckDB would take for a glob are escaped. Threading: any.
 */
final class FileSql {
    /** Columns that are read as text, in the order in which they are selected. */
    static final List<String> TEXTS = List.of("query_id", "arm", "slice", "top10");

    private FileSql() {}

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

    static String text(final String column) {
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

package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Consumer;

/**
 * Observation files read by an in-memory DuckDB.
 *
 * <p>Values are cast by {@code TRY_CAST}, so that a bad one marks its row and not its file.
 *
 * <p>Threading: one thread.
 */
final class DuckDbFiles implements AutoCloseable {
    /** Rows that tell what kind the others are. */
    private static final int FIRST_ROWS = 1_000;

    private static final int MOST_LINE = 4_096;
    /** Rows of JSON Lines that are looked at for its columns: all of most files, and not for ever into one that never ends. */
    private static final int SAMPLED_LINES = 1_000_000;

    private final Connection connection;
    private final DocumentIds documentIds = new DocumentIds();
    private final Map<Path, Map<String, String>> described = new HashMap<>();
    private int rejectTables;

    private DuckDbFiles(final Connection connection) {
        this.connection = connection;
    }

    static DuckDbFiles open() {
        try {
            final Properties properties = new Properties();
            properties.setProperty("jdbc_stream_results", "true"); // a file is never in memory as a whole
            final Connection connection = DriverManager.getConnection("jdbc:duckdb:", properties);
            try (Statement statement = connection.createStatement()) {
                // all that is needed is built in: nothing is to be fetched, and nothing spilt beside the user's files
                statement.execute("SET autoinstall_known_extensions=false");
                statement.execute("SET autoload_known_extensions=false");
                statement.execute("SET temp_directory=''");
                statement.execute(
                        "SET memory_limit='2GB'"); // what a file claims to hold is no reason to take the machine
            }
            return new DuckDbFiles(connection);
        } catch (final SQLException e) {
            throw new IllegalStateException("DuckDB doesn't start: " + e.getMessage(), e);
        }
    }

    /** The columns of a file with their DuckDB types, in the file's order. */
    Map<String, String> columns(final Path file) {
        // of JSON Lines it takes a look at a million rows: once
        return new LinkedHashMap<>(described.computeIfAbsent(file, this::described));
    }

    private Map<String, String> described(final Path file) {
        FileContent.require(file);
        final Map<String, String> columns = new LinkedHashMap<>();
        final String source =
                switch (ObservationFormat.require(file)) {
                    case PARQUET -> FileSql.parquet(file);
                    case CSV -> FileSql.csv(file, "null_padding=true");
                    case JSON_LINES ->
                        "read_json(" + FileSql.literal(file)
                                + ", format='newline_delimited', records=true, ignore_errors=true, sample_size="
                                + SAMPLED_LINES + ", hive_partitioning=false)";
                };
        try (Statement statement = connection.createStatement();
                ResultSet described = statement.executeQuery("DESCRIBE SELECT * FROM " + source)) {
            while (described.next()) {
                columns.put(described.getString(1), described.getString(2));
            }
        } catch (final SQLException e) {
            throw UnreadableFile.refused(file, e);
        }
        return columns;
    }

    /** Whether more than half of a file's first rows bear a propensity. */
    boolean areLogged(final Path file) {
        final Map<String, String> columns = columns(file);
        if (!columns.containsKey("propensity")) {
            return false;
        }
        final String source =
                switch (ObservationFormat.require(file)) {
                    case PARQUET -> FileSql.parquet(file);
                    case CSV -> FileSql.csv(file, "ignore_errors=true");
                    case JSON_LINES -> FileSql.json(file, columns);
                };
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery(
                        "SELECT count(p), count(*) FROM (SELECT TRY_CAST(" + FileSql.identifier("propensity")
                                + " AS DOUBLE) p FROM " + source + " LIMIT " + FIRST_ROWS + ")")) {
            return counted.next() && 2 * counted.getLong(1) > counted.getLong(2);
        } catch (final SQLException e) {
            throw UnreadableFile.refused(file, e);
        }
    }

    /**
     * Hands a file's rows on.
     *
     * @param kind of the rows.
     * @return how many rows the file has, those included that the CSV reader had to reject.
     */
    long read(
            final Path file,
            final RowColumns kind,
            final List<FeatureColumn> features,
            final Consumer<RowCells> rows,
            final BadRows badRows) {
        final ObservationFormat format = ObservationFormat.require(file);
        final Map<String, String> columns = columns(file);
        requireColumns(file, kind, columns, features);
        if (format == ObservationFormat.JSON_LINES) {
            columns.replaceAll((name, type) -> "VARCHAR"); // read as text, so that one bad value spoils one row
        }
        final List<String> numbers = new ArrayList<>(kind.numbers());
        features.forEach(feature -> numbers.add(feature.name()));
        final String rejects = "rejects_" + rejectTables++;
        final String source =
                switch (format) {
                    case PARQUET -> FileSql.parquet(file);
                    case CSV ->
                        FileSql.csv(
                                file,
                                "ignore_errors=true, store_rejects=true, rejects_table='" + rejects
                                        + "', rejects_scan='" + rejects + "_scan'");
                    case JSON_LINES -> FileSql.json(file, columns);
                };
        final CellSelection selection = CellSelection.of(kind, columns, numbers, FeatureColumn.categories(features));
        final String sql = selection.sql() + " FROM " + source;
        final FileRows cells = new FileRows(selection, numbers, kind.numbers().size(), documentIds);
        try {
            if (format == ObservationFormat.PARQUET) {
                return new ParquetChunks(connection, file).read(sql, cells, rows);
            }
            try (Statement statement = connection.createStatement()) {
                final long count = read(statement, sql, file, cells, rows);
                return format == ObservationFormat.CSV
                        ? count + countRejects(statement, rejects, file, badRows)
                        : count;
            }
        } catch (final SQLException e) {
            throw UnreadableFile.refused(file, e);
        }
    }

    private static long read(
            final Statement statement,
            final String sql,
            final Path file,
            final FileRows cells,
            final Consumer<RowCells> rows)
            throws SQLException {
        long count = 0;
        try (ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                count++;
                rows.accept(cells.row(result, new RowPlace(file, count)));
            }
        }
        return count;
    }

    /** Adds how many rows bear each text of a column to {@code rowsByText}, the most frequent texts at least. */
    void countTexts(final Path file, final FeatureColumn column, final Map<String, Long> rowsByText) {
        final Map<String, String> columns = columns(file);
        requireColumns(file, RowColumns.ANY, columns, List.of(column));
        columns.replaceAll((name, type) -> "VARCHAR");
        final String source =
                switch (ObservationFormat.require(file)) {
                    case PARQUET -> FileSql.parquet(file);
                    case CSV -> FileSql.csv(file, "ignore_errors=true");
                    case JSON_LINES -> FileSql.json(file, columns);
                };
        try (Statement statement = connection.createStatement()) {
            CategoryColumn.count(statement, source, FileSql.identifier(column.name()), rowsByText);
        } catch (final SQLException e) {
            throw UnreadableFile.refused(file, e);
        }
    }

    private static long countRejects(
            final Statement statement, final String rejects, final Path file, final BadRows badRows)
            throws SQLException {
        long count = 0;
        try (ResultSet result = statement.executeQuery(
                "SELECT line, any_value(csv_line) FROM " + rejects + " GROUP BY line ORDER BY line")) {
            while (result.next()) {
                count++;
                final String line = String.valueOf(result.getString(2));
                badRows.add(
                        new RejectedRow(
                                "malformed CSV line",
                                file + " line " + result.getLong(1),
                                Map.of("line", line.length() > MOST_LINE ? line.substring(0, MOST_LINE) : line),
                                new RowPlace(file, result.getLong(1))),
                        1);
            }
        }
        return count;
    }

    private static void requireColumns(
            final Path file,
            final RowColumns kind,
            final Map<String, String> columns,
            final List<FeatureColumn> features) {
        final List<String> missing = kind.missingFrom(columns.keySet());
        features.stream()
                .map(FeatureColumn::name)
                .filter(name -> !columns.containsKey(name))
                .forEach(missing::add);
        if (!missing.isEmpty()) {
            throw new BadInputException(file + ": lacks the column" + (missing.size() > 1 ? "s " : " ")
                    + String.join(", ", missing) + "; it has " + ColumnNames.listed(columns.keySet())
                    + kind.remedy(columns.keySet()));
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (final SQLException e) {
            throw new IllegalStateException("DuckDB doesn't close: " + e.getMessage(), e);
        }
    }
}

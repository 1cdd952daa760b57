package io.t1.ops.observation;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.duckdb.DuckDBAppender;
import org.duckdb.DuckDBConnection;

/**
 * Writes observations: a row a query and arm, columns {@code query_id}, {@code arm}, the features by name,
 * {@code slice}, {@code ndcg10}, {@code latency_us}, {@code top10} and {@code propensity}, which is null where all arms
 * were measured. Parquet, CSV or JSON Lines by the file's name, the last two also gzipped or zstd-compressed.
 *
 * <p>A feature that is NaN is written as null; CSV holds {@code top10} as a JSON array. The file appears whole, by a
 * rename, or not at all.
 *
 * <p>Threading: any, a call at a time each.
 */
public final class ObservationWriter {
    private final Path file;
    private final ObservationFormat format;

    /**
     * @param file replaced when it is there.
     * @throws BadInputException if its name tells no format, or its folder isn't there.
     */
    public ObservationWriter(final Path file) {
        this.file = file.toAbsolutePath();
        this.format = ObservationFormat.require(file);
        final Path folder = this.file.getParent();
        if (folder == null || !Files.isDirectory(folder)) {
            throw new BadInputException(file + ": its folder isn't there: make " + folder);
        }
        if (Files.isDirectory(this.file)) {
            throw new BadInputException(file + " is a folder: give a file's name");
        }
    }

    /** Writes three rows a query. */
    public void write(final MeasuredQueries measured) {
        final FeatureTexts texts = FeatureTexts.of(measured.featureNames(), measured.categories());
        write(measured.featureNames(), measured.categories(), rows -> {
            for (final MeasuredQuery query : measured.queries()) {
                for (final Arm arm : Arm.values()) {
                    final int code = arm.code();
                    rows.beginRow().append(query.queryId()).append(arm.name());
                    texts.append(rows, query.features());
                    rows.append(query.slice());
                    rows.append(query.ndcg10()[code]).append(query.latencyMicros()[code]);
                    rows.append(query.topTen().get(code)).appendNull().endRow();
                }
            }
        });
    }

    /** Writes a row a query. */
    public void writeLogged(final List<String> featureNames, final List<LoggedQuery> log) {
        writeLogged(featureNames, Map.of(), log);
    }

    /**
     * Writes a row a query.
     *
     * @param categories of the features that have them, by name: their columns hold text, null for all others.
     */
    public void writeLogged(
            final List<String> featureNames, final Map<String, List<String>> categories, final List<LoggedQuery> log) {
        final FeatureTexts texts = FeatureTexts.of(featureNames, categories);
        write(featureNames, categories, rows -> {
            for (final LoggedQuery query : log) {
                rows.beginRow().append(query.queryId()).append(query.arm().name());
                texts.append(rows, query.features());
                rows.append(query.slice());
                rows.append(query.ndcg10()).append(query.latencyMicros());
                rows.append(query.topTen()).append(query.propensity()).endRow();
            }
        });
    }

    @FunctionalInterface
    private interface Filling {
        void fill(DuckDBAppender rows) throws SQLException;
    }

    private void write(
            final List<String> featureNames, final Map<String, List<String>> categories, final Filling filling) {
        final Path unfinished = file.resolveSibling(
                "." + file.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
        try (DuckDBConnection connection =
                        DriverManager.getConnection("jdbc:duckdb:").unwrap(DuckDBConnection.class);
                Statement statement = connection.createStatement()) {
            statement.execute("SET autoinstall_known_extensions=false");
            statement.execute("SET autoload_known_extensions=false");
            statement.execute("SET temp_directory=''");
            statement.execute(table(featureNames, categories));
            try (DuckDBAppender rows = connection.createAppender("observations")) {
                filling.fill(rows);
            }
            statement.execute(
                    "COPY (" + selection() + ") TO " + literal(unfinished.toString()) + " (" + options() + ")");
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (final SQLException e) {
            throw new UncheckedIOException(
                    new IOException("can't write " + file + ": " + String.valueOf(e.getMessage()), e));
        } catch (final IOException e) {
            throw new UncheckedIOException("can't write " + file + ": " + e.getMessage(), e);
        } finally {
            discard(unfinished);
        }
    }

    private static void discard(final Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (final IOException e) {
            throw new UncheckedIOException("can't remove " + unfinished, e);
        }
    }

    private static String table(final List<String> featureNames, final Map<String, List<String>> categories) {
        final StringBuilder sql = new StringBuilder("CREATE TABLE observations (query_id VARCHAR, arm VARCHAR");
        for (final String name : featureNames) {
            sql.append(", \"")
                    .append(name.replace("\"", "\"\""))
                    .append(categories.containsKey(name) ? "\" VARCHAR" : "\" FLOAT");
        }
        return sql.append(", slice VARCHAR, ndcg10 DOUBLE, latency_us DOUBLE, top10 VARCHAR[], propensity DOUBLE)")
                .toString();
    }

    private String selection() {
        return format == ObservationFormat.CSV
                ? "SELECT * REPLACE (CAST(to_json(top10) AS VARCHAR) AS top10) FROM observations"
                : "SELECT * FROM observations";
    }

    private String options() {
        final String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        final String compression = name.endsWith(".gz") ? "gzip" : name.endsWith(".zst") ? "zstd" : "none";
        return switch (format) {
            case PARQUET -> "FORMAT parquet, COMPRESSION zstd";
            case CSV -> "FORMAT csv, HEADER true, COMPRESSION " + compression;
            case JSON_LINES -> "FORMAT json, COMPRESSION " + compression;
        };
    }

    private static String literal(final String text) {
        return "'" + text.replace("'", "''") + "'";
    }
}

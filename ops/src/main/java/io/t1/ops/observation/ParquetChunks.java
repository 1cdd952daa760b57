package io.t1.ops.observation;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.duckdb.DuckDBChunkedResult;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Reads a Parquet file by chunks of columns, each made to rows on a thread of its own while those of the chunk before are
 * taken: row by row, DuckDB hands every text over in three times the time.
 *
 * <p>A chunked result that fails on its way just ends: so the rows are counted against what the file says it holds, and
 * where some are missing it is read again in the way that says why. Threading: one thread takes rows.
 */
final class ParquetChunks {
    private final Connection connection;
    private final Path file;

    ParquetChunks(final Connection connection, final Path file) {
        this.connection = connection;
        this.file = file;
    }

    /**
     * Hands a selection's rows on.
     *
     * @return how many there were.
     * @throws SQLException if some can't be read.
     */
    long read(final String sql, final FileRows rows, final Consumer<RowCells> taking) throws SQLException {
        final long count;
        try (PreparedStatement statement = connection.prepareStatement(sql);
                DuckDBChunkedResult result =
                        statement.unwrap(DuckDBPreparedStatement.class).query();
                ExecutorService ahead = Executors.newSingleThreadExecutor()) {
            count = take(result, rows, taking, ahead);
        }
        final long held = held();
        if (count < held) {
            requireWhole(sql);
            throw new SQLException("rows read=" + count + " < " + held + " that it says it holds");
        }
        return count;
    }

    private long take(
            final DuckDBChunkedResult result,
            final FileRows rows,
            final Consumer<RowCells> taking,
            final ExecutorService ahead)
            throws SQLException {
        long count = 0;
        Future<List<RowCells>> next = ahead.submit(() -> rows(result, rows, 0));
        try {
            while (true) {
                final List<RowCells> taken = next.get();
                if (taken.isEmpty()) {
                    return count;
                }
                count += taken.size();
                final long before = count;
                next = ahead.submit(() -> rows(result, rows, before));
                taken.forEach(taking);
            }
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new SQLException(
                    e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("reading " + file + " was interrupted", e);
        }
    }

    /** Of the next chunk that has some; none at the end. */
    private List<RowCells> rows(final DuckDBChunkedResult result, final FileRows rows, final long before) {
        while (result.nextChunk()) {
            final List<RowCells> ofChunk = rows.rows(result.chunk(), new RowPlace(file, before));
            if (!ofChunk.isEmpty()) {
                return ofChunk;
            }
        }
        return List.of();
    }

    private long held() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet counted = statement.executeQuery("SELECT count(*) FROM " + FileSql.parquet(file))) {
            counted.next();
            return counted.getLong(1);
        }
    }

    /** Row by row a result that fails says why. */
    private void requireWhole(final String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                // only to the end
            }
        }
    }
}

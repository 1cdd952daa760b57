package io.t1.ops.observation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetChunksTest {
    private static final int QUERIES = 40_000;

    @TempDir
    private Path folder;

    @Test
    void rowsOfManyChunksComeInTheirOrder() throws SQLException {
        final Observations read = read(written("'q' || (r // 3)"));
        final List<MeasuredQuery> queries = read.queries().queries();
        assertEquals(3 * QUERIES, read.rows());
        assertEquals(QUERIES, queries.size());
        for (int q = 0; q < QUERIES; q++) {
            final MeasuredQuery query = queries.get(q);
            assertEquals("q" + q, query.queryId());
            assertEquals(q % 7 == 0 ? Float.NaN : q / 8f, query.features()[0]);
            for (int arm = 0; arm < 3; arm++) {
                assertEquals(3 * q + arm + 1, query.latencyMicros()[arm], "query " + q);
            }
        }
    }

    @Test
    void aBadRowFarBehindIsNamedByItsPlace() throws SQLException {
        final Observations read = read(written("CASE WHEN r = 100000 THEN NULL ELSE 'q' || (r // 3) END"));
        assertEquals(QUERIES - 1, read.queries().queries().size());
        assertEquals(3, read.badRows().values().stream().mapToLong(n -> n).sum(), String.valueOf(read.badRows()));
        final Path all = written("CASE WHEN r >= 90000 THEN NULL ELSE 'q' || (r // 3) END");
        final String message =
                assertThrows(BadInputException.class, () -> read(all)).getMessage();
        assertTrue(message.contains("many.parquet row 90001"), message);
    }

    /** A chunked result that fails on its way ends as if it were whole. */
    @Test
    void aFileThatIsDamagedBehindItsFirstRowsIsRefused() throws Exception {
        final Path file = written("'q' || hash(r // 3)");
        final byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length * 6 / 10; i < bytes.length * 8 / 10; i++) {
            bytes[i] = (byte) (7 * bytes[i] + 13);
        }
        Files.write(file, bytes);
        final String message =
                assertThrows(BadInputException.class, () -> read(file)).getMessage();
        assertTrue(message.contains("many.parquet: can't be read as Parquet: write or copy it anew"), message);
    }

    private static Observations read(final Path file) {
        return new ObservationReader(List.of()).read(List.of(file.toString()), Progress.NONE);
    }

    /** Rows in groups of a few chunks. */
    private Path written(final String queryId) throws SQLException {
        final Path file = folder.resolve("many.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("COPY (SELECT " + queryId + " AS query_id,"
                    + " ['SKIP', 'CHEAP', 'FULL'][1 + r % 3] AS arm,"
                    + " CASE WHEN (r // 3) % 7 = 0 THEN NULL ELSE ((r // 3) / 8)::FLOAT END AS entropy,"
                    + " 0.5 AS ndcg10, r + 1.0 AS latency_us FROM range(" + 3 * QUERIES + ") t(r)) TO '"
                    + file + "' (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 8192)");
        }
        return file;
    }
}

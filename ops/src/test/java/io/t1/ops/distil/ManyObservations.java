package io.t1.ops.distil;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Observations of as many queries as wanted, drawn from a known law inside DuckDB: three rows a query, 16 features, no
 * {@code top10}. What FULL gains rises with {@code entropy} and {@code query_length}, with an interaction of two other
 * features; most gains are 0; latencies are skewed and now and then a machine pauses. Query i is the same in every file.
 *
 * <p>From a shell: {@code java -cp TEST_CLASS_PATH io.t1.ops.distil.ManyObservations many.parquet 3333334}.
 */
public final class ManyObservations {
    private ManyObservations() {}

    /** Writes a Parquet file: its name, and how many queries. */
    public static void main(final String[] args) throws SQLException {
        write(Path.of(args[0]), Integer.parseInt(args[1]));
    }

    /** Writes three rows a query, in order of the queries. */
    static void write(final Path parquet, final int queries) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET memory_limit='2GB'");
            statement.execute("CREATE MACRO u(i, k) AS ((hash(i * 64 + k) >> 11) + 0.5) / 9007199254740992.0");
            statement.execute("CREATE MACRO g(i, k) AS sqrt(-2 * ln(u(i, k))) * cos(2 * pi() * u(i, k + 32))");
            statement.execute("CREATE MACRO within(x, lo, hi) AS least(greatest(x, lo), hi)");
            statement.execute("COPY (" + rows(queries) + ") TO '"
                    + parquet.toAbsolutePath().toString().replace("'", "''") + "' (FORMAT parquet)");
        }
    }

    private static String rows(final int queries) {
        return """
                WITH drawn AS (
                  SELECT i, g(i, 0) AS difficulty, u(i, 1) < 0.5 AS prose, u(i, 2) AS draw, u(i, 3) AS size,
                    CASE WHEN u(i, 4) < 0.4 THEN 1 ELSE 0.8 * u(i, 5) END AS skip
                  FROM range(%d) t(i)),
                described AS (
                  SELECT *, within(1.3 + 0.6 * difficulty + 0.4 * g(i, 6), 0, ln(10)) AS entropy,
                    CASE WHEN prose THEN 4 + floor(16 * u(i, 7)) ELSE 1 + floor(3 * u(i, 7)) END AS query_length,
                    within(CASE WHEN prose THEN 0.8 ELSE 0.2 END + 0.15 * g(i, 8), 0, 1) AS nl_confidence,
                    g(i, 9) - 0.7 * difficulty AS top_score, g(i, 10) AS nqc, g(i, 11) AS wig
                  FROM drawn),
                told AS (
                  SELECT *, 1.3 * (entropy - 1.3) + CASE WHEN prose THEN 0.05 * (query_length - 10) ELSE -0.3 END
                    - 0.3 * top_score + 0.4 * nqc * wig AS told
                  FROM described),
                gained AS (
                  SELECT *, CASE WHEN draw < 1 / (1 + exp(1.1 - told))
                      THEN least(1 - skip, 0.1 + 0.5 * size * (1 + tanh(told)))
                      WHEN draw > 0.92 THEN -least(skip, 0.2 * size) ELSE 0 END AS full_gain,
                    200 * exp(0.3 * g(i, 12)) AS skip_us
                  FROM told),
                measured AS (
                  SELECT *, CASE WHEN u(i, 13) < 0.6 THEN full_gain * (0.6 + 0.5 * u(i, 14)) ELSE 0 END AS cheap_gain,
                    skip_us + (1300 + 25 * query_length) * exp(0.15 * g(i, 15)) AS cheap_us,
                    skip_us + CASE WHEN u(i, 17) < 0.005 THEN 8000 ELSE 0 END
                      + (2800 + 60 * query_length) * exp(0.15 * g(i, 16)) AS full_us
                  FROM gained)
                SELECT 'q' || i AS query_id, a.arm AS arm, entropy::FLOAT AS entropy,
                  query_length::FLOAT AS query_length, nl_confidence::FLOAT AS nl_confidence,
                  CASE WHEN u(i, 18) < 0.2 THEN 1 / query_length ELSE 0 END::FLOAT AS miss_rate,
                  g(i, 19)::FLOAT AS max_idf, g(i, 20)::FLOAT AS avg_idf, top_score::FLOAT AS top_score,
                  g(i, 21)::FLOAT AS score_gap, (g(i, 22) - 0.7 * difficulty)::FLOAT AS score_ratio10,
                  nqc::FLOAT AS nqc, wig::FLOAT AS wig, g(i, 23)::FLOAT AS score_per_idf,
                  CASE WHEN u(i, 24) < 0.02 THEN NULL ELSE g(i, 25) END::FLOAT AS coverage,
                  g(i, 26)::FLOAT AS log_hits, u(i, 27)::FLOAT AS stop_share, query_length::FLOAT AS term_count,
                  CASE WHEN prose THEN 'natural-language' ELSE 'keyword' END AS slice,
                  within(skip + CASE a.arm WHEN 'CHEAP' THEN cheap_gain WHEN 'FULL' THEN full_gain ELSE 0 END, 0, 1)
                    AS ndcg10,
                  CASE a.arm WHEN 'SKIP' THEN skip_us WHEN 'CHEAP' THEN cheap_us ELSE full_us END AS latency_us
                FROM measured, (VALUES ('SKIP'), ('CHEAP'), ('FULL')) a(arm)
                """.formatted(queries);
    }
}

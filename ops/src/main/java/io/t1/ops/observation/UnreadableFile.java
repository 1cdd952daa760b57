package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/** Says on one line why DuckDB couldn't read a file, and what to do. */
final class UnreadableFile {
    private static final int MOST_REASON = 240;
    private static final int REASON_LINES = 3;

    private UnreadableFile() {}

    static BadInputException refused(final Path file, final SQLException e) {
        final List<String> lines = String.valueOf(e.getMessage())
                .lines()
                .map(line -> line.strip().replaceAll("[^\\p{Graph} ]", "?"))
                .filter(line -> !line.isEmpty())
                .takeWhile(line ->
                        !line.matches("LINE \\d+:.*|.*search space used was:")) // our SQL says nothing to a user
                .limit(REASON_LINES) // DuckDB's own advice follows, on options that aren't the user's
                .toList();
        final String reason = String.join(" ", lines);
        final String remedy =
                switch (ObservationFormat.require(file)) {
                    case PARQUET -> "as Parquet: write or copy it anew";
                    case CSV -> "as CSV: it must be UTF-8 text with a header, parted by commas, whole if compressed";
                    case JSON_LINES -> "as JSON Lines: each line must be one JSON object, and a compressed file whole";
                };
        return new BadInputException(
                file + ": can't be read " + remedy + " ("
                        + (reason.length() > MOST_REASON ? reason.substring(0, MOST_REASON) + "..." : reason) + ")",
                e);
    }
}

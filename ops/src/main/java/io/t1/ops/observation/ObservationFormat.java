package io.t1.ops.observation;

import io.t1.ops.BadInputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** How an observation file is written, told by its name. */
enum ObservationFormat {
    PARQUET,
    CSV,
    JSON_LINES;

    static final String ACCEPTED = ".parquet, .csv, .jsonl or .ndjson (the last three also with .gz or .zst)";

    static Optional<ObservationFormat> ofName(final Path file) {
        final String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        final String plain = name.replaceFirst("\\.(gz|zst)$", "");
        if (name.endsWith(".parquet")) {
            return Optional.of(PARQUET);
        }
        if (plain.endsWith(".csv")) {
            return Optional.of(CSV);
        }
        return plain.endsWith(".jsonl") || plain.endsWith(".ndjson") ? Optional.of(JSON_LINES) : Optional.empty();
    }

    static ObservationFormat require(final Path file) {
        return ofName(file)
                .orElseThrow(() -> new BadInputException(
                        file + ": not an observation file by its name: give it the ending " + ACCEPTED));
    }
}

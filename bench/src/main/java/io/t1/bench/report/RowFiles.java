package io.t1.bench.report;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.t1.bench.suite.BenchResult;
import io.t1.bench.suite.BenchRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a row gave last, kept from one command to the next: the page is drawn from it. */
public final class RowFiles {
    private static final JsonMapper JSON = new JsonMapper();

    private RowFiles() {}

    /** Keeps a row's results, in place of what it gave before. */
    public static void write(final BenchRow row, final List<BenchResult> results) throws IOException {
        Files.write(file(row), JSON.writeValueAsBytes(results));
    }

    /** Empty when the row was never measured here. */
    static List<BenchResult> read(final BenchRow row) throws IOException {
        final Path file = file(row);
        return Files.exists(file)
                ? JSON.readValue(Files.readAllBytes(file), new TypeReference<List<BenchResult>>() {})
                : List.of();
    }

    private static Path file(final BenchRow row) throws IOException {
        return ReportFiles.raw("row-" + row.name() + ".json");
    }
}

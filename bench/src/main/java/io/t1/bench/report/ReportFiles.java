package io.t1.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where the report's files are: the page and its plots in the repository, raw data under {@code target}. */
final class ReportFiles {
    private ReportFiles() {}

    /** The checkout. */
    static Path home() {
        return Path.of(System.getProperty("t1.home", "."));
    }

    /** A file of raw data. */
    static Path raw(final String name) throws IOException {
        return Files.createDirectories(home().resolve("bench/target/report")).resolve(name);
    }

    /** A file of the written report. */
    static Path written(final String name) throws IOException {
        return Files.createDirectories(home().resolve("docs/benchmarks")).resolve(name);
    }
}

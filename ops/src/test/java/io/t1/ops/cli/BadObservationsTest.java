package io.t1.ops.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a user sees who gives a file that is wrong: one line, the file, the remedy, exit code 2, and nothing written. */
class BadObservationsTest {
    private static final Duration LONGEST = Duration.ofMinutes(2);
    private static final long MOST_PEAK_KB = 6L << 20; // far under ten gigabytes, and far above what a test JVM takes

    @TempDir
    private static Path made;

    private static Path table;

    /** A command that reads observations. */
    enum Command {
        DISTIL,
        GATE,
        PROFILE;

        CapturedRun run(final Path file, final Path out) {
            return switch (this) {
                case DISTIL -> CapturedRun.of("distil", file.toString(), "--out", out.toString(), "--teachers", "1");
                case GATE -> CapturedRun.of("gate", table.toString(), file.toString(), "--out", out.toString());
                case PROFILE -> CapturedRun.of("observations", "profile", file.toString(), "--html", out.toString());
            };
        }
    }

    /**
     * A bad file.
     *
     * @param reason that the message must give.
     * @param commands that must refuse it.
     */
    record Bad(String name, byte[] content, String reason, Set<Command> commands) {
        static Bad toAll(final String name, final byte[] content, final String reason) {
            return new Bad(name, content, reason, Set.of(Command.values()));
        }

        /** Bad to learn from; to see such a thing is what a profile is for. */
        static Bad toLearnFrom(final String name, final String content, final String reason) {
            return new Bad(name, BadFiles.utf8(content), reason, Set.of(Command.DISTIL, Command.GATE));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    @BeforeAll
    static void distilATableThatGatesCanBeSetFor() throws IOException {
        final Path rows = Files.writeString(made.resolve("good.csv"), BadFiles.good());
        table = made.resolve("table.json");
        Command.DISTIL.run(rows, table);
        assertTrue(Files.exists(table));
    }

    static Stream<Bad> badFiles() throws Exception {
        final byte[] parquet = BadFiles.converted(made, ".parquet", "FORMAT parquet");
        final byte[] zstandard = BadFiles.converted(made, ".csv.zst", "FORMAT csv, COMPRESSION zstd");
        final byte[] gzip = BadFiles.gzip(BadFiles.utf8(BadFiles.good()));
        final String lines = BadFiles.jsonLines();
        final List<Bad> all = new ArrayList<>();
        for (final String name :
                List.of("no.parquet", "no.csv", "no.csv.gz", "no.csv.zst", "no.jsonl", "no.jsonl.gz")) {
            all.add(Bad.toAll("noise-" + name, BadFiles.noise(), ""));
            all.add(Bad.toAll("empty-" + name, new byte[0], "is empty"));
        }
        all.add(Bad.toAll("malformed.csv", BadFiles.utf8("\0\1{{{,\"\n\"\"\"\n,,,\n"), "column"));
        all.add(Bad.toAll("header-only.csv", BadFiles.utf8(BadFiles.HEADER), "holds no rows"));
        all.add(Bad.toAll("empty.csv.gz", BadFiles.gzip(new byte[0]), ""));
        all.add(Bad.toAll("array.jsonl", BadFiles.utf8("[1,2,3]\n".repeat(100)), "one JSON object"));
        all.add(Bad.toAll("deep.jsonl", BadFiles.utf8("{\"entropy\":" + "[".repeat(200_000) + "\n"), ""));

        all.add(Bad.toLearnFrom(
                "constant-features.csv",
                BadFiles.csv((q, arm) -> q % 7 * arm / 20.0 + "," + (100 + 900 * arm + q % 13) + ",1.5,3"),
                "no feature varies over 200 queries (entropy=1.5, query_length=3.0)"));
        all.add(Bad.toLearnFrom(
                "missing-features.csv",
                BadFiles.csv((q, arm) -> q % 7 * arm / 20.0 + "," + (100 + 900 * arm + q % 13) + ",NaN,"),
                "no feature varies over 200 queries (entropy missing, query_length missing)"));
        all.add(Bad.toLearnFrom(
                "constant-outcomes.csv",
                BadFiles.csv((q, arm) -> "0.5," + (100 + 900 * arm) + "," + q % 9 + "," + q % 5),
                "all 200 queries gain the same ndcg10 by an arm"));
        all.add(Bad.toLearnFrom(
                "constant-latencies.csv",
                BadFiles.csv((q, arm) -> q % 7 * arm / 20.0 + ",100," + q % 9 + "," + q % 5),
                "latency_us of FULL less SKIP=0.0 <= 0"));
        all.add(Bad.toAll(
                "nan.csv", BadFiles.utf8(BadFiles.csv((q, arm) -> "NaN,NaN,NaN,NaN")), "ndcg10 is missing or NaN"));
        all.add(Bad.toLearnFrom("one-row.csv", BadFiles.HEADER + "q,SKIP,1,1,1,1\n", "one arm only"));
        all.add(Bad.toLearnFrom(
                "one-query.csv",
                BadFiles.HEADER + "q,SKIP,1,1,1,1\nq,CHEAP,1,1,1,1\nq,FULL,1,1,1,1\n",
                "queries=1 < 50"));
        final String twice = BadFiles.good();
        all.add(Bad.toAll(
                "duplicates.csv",
                BadFiles.utf8(twice + twice.substring(BadFiles.HEADER.length())),
                "measured twice under one arm: 600 rows"));
        all.add(Bad.toAll(
                "words.csv", BadFiles.utf8(BadFiles.csv((q, arm) -> "0.5,100,high,7")), "entropy isn't a number"));
        all.add(Bad.toAll(
                "objects.jsonl", BadFiles.utf8(lines.replace("0.5", "{\"a\":[1]}")), "ndcg10 isn't a number"));

        all.add(Bad.toAll("half.parquet", BadFiles.cut(parquet, parquet.length / 2), "anew"));
        all.add(Bad.toAll("tail.parquet", BadFiles.cut(parquet, parquet.length - 5), "anew"));
        all.add(Bad.toAll("half.csv.gz", BadFiles.cut(gzip, gzip.length / 2), "whole if compressed"));
        all.add(Bad.toAll("tail.csv.gz", BadFiles.cut(gzip, gzip.length - 6), "whole if compressed"));
        all.add(Bad.toAll("half.csv.zst", BadFiles.cut(zstandard, zstandard.length / 2), "it was cut"));
        all.add(Bad.toAll("tail.csv.zst", BadFiles.cut(zstandard, zstandard.length - 1), "it was cut"));
        all.add(Bad.toAll(
                "line.jsonl",
                BadFiles.utf8(lines.substring(0, lines.length() - 40)),
                "query_id is missing, or the line"));

        all.add(Bad.toAll("claims.parquet", BadFiles.claimingAFooterOfGigabytes(parquet), "anew"));
        all.add(Bad.toAll("claims.csv.zst", BadFiles.zstandardClaimingTenGigabytes(), "too much memory"));
        all.add(Bad.toAll("one-line.csv.gz", BadFiles.gzipOfTenGigabytes(BadFiles.HEADER, "aaaaaaaa"), ""));
        all.add(Bad.toAll("one-line.jsonl.gz", BadFiles.gzipOfTenGigabytes("", "aaaaaaaa"), ""));
        all.add(Bad.toAll("one-line.csv.zst", BadFiles.zstandardOfTenGigabytes(BadFiles.HEADER, 'a'), ""));
        all.add(Bad.toAll("one-line.jsonl.zst", BadFiles.zstandardOfTenGigabytes("", 'a'), ""));
        all.add(Bad.toAll("no-lines.csv.zst", BadFiles.zstandardOfTenGigabytes(BadFiles.HEADER, '\n'), ""));
        all.add(Bad.toAll("no-lines.csv.gz", BadFiles.gzipOfTenGigabytes(BadFiles.HEADER, "\n"), ""));
        all.add(Bad.toAll("counts.parquet", BadFiles.claimingTenBillionRows(parquet, 600), "anew"));
        all.add(Bad.toAll(
                "rows.csv.gz",
                BadFiles.gzipOfTenGigabytes(BadFiles.HEADER, "q1,SKIP,1,1,1,1\n"),
                "measured twice under one arm"));
        all.add(Bad.toAll(
                "rows.parquet",
                BadFiles.selected(
                        made,
                        ".parquet",
                        "FORMAT parquet",
                        "(SELECT 'q' query_id, 'SKIP' arm, .5 ndcg10, 1 latency_us, 1 entropy, 1 query_length,"
                                + " 1 propensity FROM range(4000000))"),
                "rows"));
        return all.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badFiles")
    void isToldInOneLineWithTheFileAndLeavesNothing(final Bad bad, @TempDir final Path folder) throws IOException {
        final Path file = Files.write(folder.resolve(bad.name), bad.content);
        final Path out = folder.resolve("out.written");
        for (final Command command : bad.commands) {
            final CapturedRun run =
                    assertTimeoutPreemptively(LONGEST, () -> command.run(file, out), () -> command + "");
            final String seen = command + " " + bad + ": exit code " + run.exitCode() + ", " + run.err() + run.out();
            assertEquals(ExitCode.BAD_INPUT, run.exitCode(), seen);
            assertEquals(1, run.err().strip().lines().count(), seen);
            assertTrue(run.err().length() < 1000, seen);
            assertTrue(run.err().contains(file.toString()), seen);
            assertTrue(run.err().contains(bad.reason), seen);
            assertFalse(run.err().contains("Exception") || run.err().contains("SELECT"), seen);
            assertEquals(Set.of(bad.name), names(folder), seen);
        }
        assertTrue(peakKb() < MOST_PEAK_KB, bad + ": peak=" + peakKb() + " kB");
    }

    @ParameterizedTest
    @EnumSource(Command.class)
    void goodRowsAreTakenAfterAllThat(final Command command, @TempDir final Path folder) throws IOException {
        final Path file = Files.writeString(folder.resolve("good.csv"), BadFiles.good());
        final CapturedRun run = command.run(file, folder.resolve("out.written"));
        assertTrue(run.exitCode() < ExitCode.BAD_INPUT, run.err());
        assertEquals(Set.of("good.csv", "out.written"), names(folder));
    }

    private static Set<String> names(final Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName())).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static long peakKb() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}

package io.t1.ops.observation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationReaderTest {
    private static final String HEADER = "query_id,arm,slice,entropy,query_length,ndcg10,latency_us,top10\n";

    @TempDir
    private Path folder;

    @Test
    void readsAQueryWithItsArmsFeaturesAndTopTen() throws IOException {
        final Path file = write(
                "a.csv",
                HEADER
                        + "q1,SKIP,hard_nl,1.5,7,0.25,210,d1 d2\n"
                        + "q1,CHEAP,hard_nl,1.5,7,0.5,1800,\"[\"\"d2\"\",\"\"d1\"\"]\"\n"
                        + "q1,FULL,hard_nl,1.5,7,1,3500,\n");
        final Observations read = read(file);
        assertEquals(List.of("entropy", "query_length"), read.queries().featureNames());
        final MeasuredQuery query = read.queries().queries().getFirst();
        assertEquals("q1", query.queryId());
        assertEquals("hard_nl", query.slice());
        assertArrayEquals(new float[] {1.5f, 7}, query.features());
        assertArrayEquals(new double[] {0.25, 0.5, 1}, query.ndcg10());
        assertArrayEquals(new double[] {210, 1800, 3500}, query.latencyMicros());
        assertEquals(List.of(List.of("d1", "d2"), List.of("d2", "d1"), List.of()), query.topTen());
        assertEquals(3, read.rows());
        assertEquals("a.csv", read.inputs().getFirst().name());
        assertEquals(64, read.inputs().getFirst().sha256().length());
    }

    @ParameterizedTest
    @ValueSource(strings = {"csv", "csv.gz", "csv.zst", "jsonl", "jsonl.gz", "ndjson.zst", "parquet"})
    void everyFormatGivesTheSameQueries(final String ending) throws Exception {
        final Path csv = write("plain.csv", manyRows(40));
        final Path file = folder.resolve("other." + ending);
        convert(csv, file, ending);
        assertEquals(describe(read(csv)), describe(read(file)), ending);
    }

    @Test
    void readsAFolderAndAGlobAsOneSet() throws IOException {
        write("part-1.csv", HEADER + query("q1"));
        write("part-2.csv", HEADER + query("q2"));
        write("notes.txt", "not an observation file");
        assertEquals(2, read(folder).queries().queries().size());
        assertEquals(2, read(folder.resolve("part-*.csv")).queries().queries().size());
        assertEquals(1, read(folder.resolve("*-2.csv")).queries().queries().size());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"it's.csv", "a'); DROP TABLE x; --.csv", "one[1]*?.csv", "k=v.csv", "with space.csv", "ünï.csv"})
    void takesFileNamesLiterally(final String name) throws IOException {
        final Path file = write(name, HEADER + query("q1"));
        write("other.csv", HEADER + query("q2"));
        assertEquals("q1", read(file).queries().queries().getFirst().queryId());
        assertEquals(1, read(file).queries().queries().size());
    }

    @Test
    void readsOtherColumnsAsFeaturesWhereAskedTo() throws IOException {
        final Path file = write(
                "own.csv",
                "query_id,arm,my_feature,entropy,ndcg10,latency_us\nq,SKIP,1,2,0,1\nq,CHEAP,1,2,0,1\nq,FULL,1,2,0,1\n");
        final Observations read =
                new ObservationReader(List.of("my_feature")).read(List.of(file.toString()), Progress.NONE);
        assertEquals(List.of("my_feature"), read.queries().featureNames());
        assertArrayEquals(new float[] {1}, read.queries().queries().getFirst().features());
    }

    @ParameterizedTest
    @CsvSource({"ndcg10, known only after", "Entropy, lower-case", "a b, lower-case"})
    void refusesFeaturesThatCannotBe(final String name, final String reason) {
        assertTrue(refusal(() -> new ObservationReader(List.of(name))).contains(reason));
        assertTrue(refusal(() -> new ObservationReader(List.of("a", "a"))).contains("twice"));
        assertTrue(refusal(() -> new ObservationReader(Collections.nCopies(17, "a")))
                .contains("17 > 16"));
    }

    @Test
    void aMissingFeatureIsNaNAndNoDefect() throws IOException {
        final Path file = write("gap.csv", HEADER + query("q1").replace(",1.5,", ",,"));
        assertTrue(Float.isNaN(read(file).queries().queries().getFirst().features()[0]));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "q9,NONE,s,1,1,0,1,|arm isn't SKIP, CHEAP or FULL",
                ",SKIP,s,1,1,0,1,|query_id is missing",
                "q9,SKIP,s,1,1,NaN,1,|ndcg10 is missing or NaN",
                "q9,SKIP,s,1,1,,1,|ndcg10 is missing or NaN",
                "q9,SKIP,s,1,1,1.01,1,|ndcg10 isn't in 0..1",
                "q9,SKIP,s,1,1,-0.1,1,|ndcg10 isn't in 0..1",
                "q9,SKIP,s,1,1,good,1,|ndcg10 isn't a number",
                "q9,SKIP,s,1,1,0,-5,|latency_us isn't in",
                "q9,SKIP,s,1,1,0,,|latency_us isn't in",
                "q9,SKIP,s,1,1,0,Infinity,|latency_us isn't in",
                "q9,SKIP,s,high,1,0,1,|entropy isn't a number",
                "q9,SKIP,s,1,1,2,1,|query_id q9, arm SKIP",
                "q9,SKIP,s,Infinity,1,0,1,|a feature is infinite",
                "q1,SKIP,s,1.5,7,0,1,|measured twice under one arm",
                "q1,SKIP,s,1.5,7,0,1,|query_id q1, arm SKIP",
                "q9,SKIP,s,1,1,0,1,|a query lacks an arm",
                "q9,SKIP,s,1,1,0,1,|query_id q9 has no row for CHEAP, FULL",
                "q9,SKIP,s|malformed CSV line"
            })
    void namesTheFileTheReasonAndTheRemedyOfABadRow(final String row, final String reason) throws IOException {
        final Path file = write("bad.csv", HEADER + query("q1") + row + "\n");
        final String refused = refusal(() -> read(file));
        assertTrue(refused.contains(reason), refused);
        assertTrue(refused.contains("bad.csv"), refused);
        assertTrue(refused.contains("correct these rows or remove them"), refused);
    }

    @Test
    void badRowsAreSampledIntoAFileEvenWhenReadingStops() throws IOException {
        final Path rejects = folder.resolve("rejects.jsonl");
        final Path file = write(
                "bad.csv",
                HEADER + query("q1") + "q9,SKIP,s,1,1,1.5,1,\n".repeat(150) + "q9,SKIP,s\n" + "q8,CHEAP,s,1,2,0,1,\n");
        final var strict = new ObservationReader(List.of(), new BadRowPolicy(0.5, Optional.of(rejects)));
        final String refused = refusal(() -> strict.read(List.of(file.toString()), Progress.NONE));
        assertTrue(refused.contains("bad rows=151 of 155 > 50 %"), refused);
        final List<String> lines = Files.readAllLines(rejects);
        assertEquals(101, lines.size(), "100 of one reason, 1 of the other");
        assertTrue(lines.stream().anyMatch(line -> line.contains("\"line\":\"q9,SKIP,s\"")), lines.getLast());
        assertTrue(
                lines.stream()
                        .anyMatch(line -> line.contains("\"ndcg10\":1.5") && line.contains("\"query_id\":\"q9\"")),
                lines.getFirst());

        final var lenient = new ObservationReader(List.of(), new BadRowPolicy(1, Optional.of(rejects)));
        final Observations read = lenient.read(List.of(file.toString()), Progress.NONE);
        assertEquals(1, read.queries().queries().size());
        assertEquals(1, read.badRows().get("a query lacks an arm"));
    }

    @Test
    void aRejectShowsWhatStoodWhereANumberShould() throws IOException {
        final Path rejects = folder.resolve("rejects.jsonl");
        final Path file = write("bad.csv", HEADER + query("q1") + "q9,SKIP,s,high,1,0,1,\n");
        final var reader = new ObservationReader(List.of(), new BadRowPolicy(1, Optional.of(rejects)));
        final var _ = reader.read(List.of(file.toString()), Progress.NONE);
        final String reject = Files.readString(rejects);
        assertTrue(reject.contains("\"entropy\":\"high\""), reject);
    }

    @Test
    void aPlaceWhereRejectsCannotBeWrittenIsRefusedBeforeAnyWork() {
        final Path nowhere = folder.resolve("none/rejects.jsonl");
        final var reader = new ObservationReader(List.of(), new BadRowPolicy(1, Optional.of(nowhere)));
        final String refused = refusal(() -> reader.read(List.of("no-such.csv"), Progress.NONE));
        assertTrue(refused.contains("rejects.jsonl: no writable folder"), refused);
    }

    @Test
    void theSampleOfRejectsIsEvenOverTheFile() throws IOException {
        final Path rejects = folder.resolve("rejects.jsonl");
        final StringBuilder rows = new StringBuilder(HEADER + query("q1"));
        for (int i = 0; i < 2_000; i++) {
            rows.append("z").append(i).append(",SKIP,s,1,1,2,1,\n");
        }
        final Path file = write("bad.csv", rows.toString());
        final var reader = new ObservationReader(List.of(), new BadRowPolicy(1, Optional.of(rejects)));
        final var _ = reader.read(List.of(file.toString()), Progress.NONE);
        final List<String> lines = Files.readAllLines(rejects);
        final long late =
                lines.stream().filter(line -> line.contains("query_id z1")).count();
        assertEquals(100, lines.size());
        // z1, z10.. z1999: 1,111 of 2,000; five standard deviations of the share are 24 of 100
        assertTrue(31 <= late && late <= 79, late + " of 100 are named z1...");
    }

    @Test
    void upToOnePercentOfBadRowsAreLeftOutAndCounted() throws IOException {
        final String many = manyRows(400); // 1,200 rows
        final Path tolerable = write("few.csv", many + "z1,SKIP,s,1,1,NaN,1,\nz2,SKIP,s,1,1,oops,1,\n");
        final Observations read = read(tolerable);
        assertEquals(400, read.queries().queries().size());
        assertEquals(1, read.badRows().get("ndcg10 is missing or NaN"));
        assertEquals(1, read.badRows().get("ndcg10 isn't a number"));
        final Path tooMany = write("many.csv", many + "z1,SKIP,s,1,1,NaN,1,\n".repeat(13));
        final String refused = refusal(() -> read(tooMany));
        assertTrue(refused.contains("bad rows=13 of 1213 > 1 %"), refused);
    }

    @Test
    void oneBrokenJsonLineIsOneBadRow() throws IOException {
        final StringBuilder lines = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            for (final String arm : List.of("SKIP", "CHEAP", "FULL")) {
                lines.append("{\"query_id\":\"q" + i + "\",\"arm\":\"" + arm
                        + "\",\"entropy\":1,\"ndcg10\":0.5,\"latency_us\":10,\"top10\":[\"a\",\"b\"]}\n");
            }
        }
        final Path file = write("a.jsonl", lines + "{\"query_id\": \"q\n");
        final Observations read = read(file);
        assertEquals(100, read.queries().queries().size());
        assertEquals(
                List.of("a", "b"), read.queries().queries().getFirst().topTen().getFirst());
        assertEquals(
                1, read.badRows().values().stream().mapToLong(Long::longValue).sum());
    }

    @Test
    void profilesLoggedRowsValuesAndSlices() throws IOException {
        final Path file = write("log.csv", """
                query_id,arm,slice,entropy,ndcg10,latency_us,propensity
                q1,SKIP,a,1,0.5,1000,0.5
                q2,FULL,a,3,1,3000,0.25
                q3,FULL,,,0,5000,1
                q4,FULL,a,2,0,1000,1.5
                """);
        final ObservationProfile profile = new ObservationReader(List.of(), new BadRowPolicy(0.5, Optional.empty()))
                .profile(List.of(file.toString()), Progress.NONE);
        assertEquals(4, profile.rows());
        assertEquals(3, profile.queries());
        assertEquals(0, profile.fullInformation());
        assertEquals(3, profile.logged());
        assertEquals(1, profile.badRows().get("propensity isn't above 0 and at most 1"));
        final FeatureProfile entropy = profile.features().getFirst();
        assertEquals(1, entropy.missing());
        assertEquals(2, entropy.distinct());
        assertArrayEquals(new double[] {1, 3}, entropy.sorted());
        assertEquals(2, entropy.median());
        assertEquals(1, entropy.sd());
        final SliceProfile.ArmProfile full = profile.slices().getFirst().arms().get(2);
        assertEquals("a", profile.slices().getFirst().name());
        assertEquals(new SliceProfile.ArmProfile("FULL", 1, 1, 3), full);
        assertTrue(Double.isNaN(profile.slices().getLast().arms().getFirst().meanNdcg10()));
    }

    @Test
    void refusesRowsOfALogWithOneArmAQuery() throws IOException {
        final Path file = write("log.csv", HEADER + "q1,SKIP,s,1,1,0,1,\nq2,FULL,s,1,1,0,1,\n");
        final String refused = refusal(() -> read(file));
        assertTrue(refused.contains("one arm only"), refused);
    }

    @Test
    void namesTheColumnsThatAreMissing() throws IOException {
        final Path file = write("lacks.csv", "query_id,arm,entropy,latency_us\nq,SKIP,1,1\n");
        final String refused = refusal(() -> read(file));
        assertTrue(refused.contains("lacks the column ndcg10"), refused);
        final Path none = write("none.csv", "query_id,arm,ndcg10,latency_us\nq,SKIP,1,1\n");
        assertTrue(refusal(() -> read(none)).contains("--features"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"empty.csv", "empty.jsonl", "empty.parquet", "empty.csv.gz"})
    void refusesAnEmptyFile(final String name) throws IOException {
        final Path file = write(name, "");
        assertTrue(refusal(() -> read(file)).contains("is empty"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"noise.parquet", "noise.csv.gz", "noise.jsonl.zst", "noise.jsonl", "noise.csv"})
    void refusesAFileThatIsNotWhatItsNameSays(final String name) throws IOException {
        final Path file = write(name, "\u0000\u0001PAR1 no such format \uffff\n");
        assertTrue(refusal(() -> read(file)).contains(name));
    }

    @Test
    void refusesWhatIsNotThereAndWhatHasNoKnownEnding() throws IOException {
        final Path odd = write("rows.xlsx", "x");
        assertTrue(refusal(() -> read(odd)).contains(".parquet"));
        final Path absent = folder.resolve("absent.csv");
        assertTrue(refusal(() -> read(absent)).contains("no such file"));
        final Path nothing = folder.resolve("*.parquet");
        assertTrue(refusal(() -> read(nothing)).contains("no file"));
        final Path headerOnly = write("header.csv", HEADER);
        assertTrue(refusal(() -> read(headerOnly)).contains("no rows"));
    }

    private Observations read(final Path file) {
        return new ObservationReader(List.of()).read(List.of(file.toString()), Progress.NONE);
    }

    private Path write(final String name, final String content) throws IOException {
        return Files.writeString(folder.resolve(name), content);
    }

    private static String query(final String id) {
        final StringBuilder rows = new StringBuilder();
        for (final String arm : List.of("SKIP", "CHEAP", "FULL")) {
            rows.append(id).append(',').append(arm).append(",s,1.5,7,0.5,100,d1 d2\n");
        }
        return rows.toString();
    }

    private static String manyRows(final int queries) {
        final StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < queries; i++) {
            rows.append(query("q" + i).replace("1.5", Double.toString(i / 7.0)));
        }
        return rows.toString();
    }

    private static void convert(final Path csv, final Path file, final String ending) throws Exception {
        if (ending.equals("csv.gz")) {
            try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
                out.write(Files.readString(csv).getBytes(StandardCharsets.UTF_8));
            }
            return;
        }
        final String format = ending.startsWith("csv")
                ? "FORMAT csv, HEADER true"
                : ending.equals("parquet") ? "FORMAT parquet" : "FORMAT json";
        final String compression =
                ending.endsWith(".gz") ? ", COMPRESSION gzip" : ending.endsWith(".zst") ? ", COMPRESSION zstd" : "";
        final String lists = ending.startsWith("csv") ? "top10" : "string_split(top10, ' ') AS top10";
        copy("COPY (SELECT * EXCLUDE (top10), " + lists + " FROM read_csv('" + csv + "')) TO '" + file + "' (" + format
                + compression + ")");
    }

    private static void copy(final String sql) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String describe(final Observations read) {
        final StringBuilder text =
                new StringBuilder(read.queries().featureNames().toString());
        for (final MeasuredQuery query : read.queries().queries()) {
            text.append('\n')
                    .append(query.queryId())
                    .append(' ')
                    .append(query.slice())
                    .append(' ');
            text.append(Arrays.toString(query.features())).append(Arrays.toString(query.ndcg10()));
            text.append(Arrays.toString(query.latencyMicros())).append(query.topTen());
        }
        return text.toString();
    }

    /** The message of the refusal. */
    private static String refusal(final Executable call) {
        return String.valueOf(assertThrows(BadInputException.class, call).getMessage());
    }
}

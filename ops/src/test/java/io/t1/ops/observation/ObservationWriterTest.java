package io.t1.ops.observation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObservationWriterTest {
    private static final List<String> FEATURES = List.of("entropy", "query_length");
    private static final MeasuredQueries MEASURED = new MeasuredQueries(
            FEATURES,
            List.of(
                    new MeasuredQuery(
                            "q, \"1\"",
                            "natural-language",
                            new float[] {1.25f, 7},
                            new double[] {0.1, 0.5, 1},
                            new double[] {210.5, 1700, 3500.25},
                            List.of(
                                    List.of("lib/a.B.c(int;long)", "x"),
                                    List.of("comma, and \"quote\""),
                                    List.of("tab\there", "\u00e9\u4e2d", "[b]"))),
                    new MeasuredQuery(
                            "q2",
                            "keyword",
                            new float[] {Float.NaN, 1},
                            new double[] {0, 0, 1.0 / 3},
                            new double[] {1, 2, 3},
                            List.of(List.of(), List.of("d"), List.of("d", "e")))));

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o.parquet",
                "o.csv",
                "o.csv.gz",
                "o.csv.zst",
                "o.jsonl",
                "o.jsonl.gz",
                "o.ndjson",
                "it's [an] odd name.jsonl.zst"
            })
    void writesWhatTheReaderReads(final String name) throws IOException {
        final Path file = folder.resolve(name);
        new ObservationWriter(file).write(MEASURED);
        final Observations read = new ObservationReader(FEATURES).read(List.of(file.toString()), Progress.NONE);
        assertEquals(6, read.rows());
        for (int q = 0; q < 2; q++) {
            final MeasuredQuery expected = MEASURED.queries().get(q);
            final MeasuredQuery actual = read.queries().queries().get(q);
            assertEquals(expected.queryId(), actual.queryId());
            assertEquals(expected.slice(), actual.slice());
            assertArrayEquals(expected.features(), actual.features());
            assertArrayEquals(expected.ndcg10(), actual.ndcg10());
            assertArrayEquals(expected.latencyMicros(), actual.latencyMicros());
            assertEquals(expected.topTen(), actual.topTen());
        }
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList(), "nothing unfinished stays");
        }
    }

    @Test
    void writesALoggedRowAQueryWithItsPropensity() throws IOException {
        final Path file = folder.resolve("log.csv");
        new ObservationWriter(file)
                .writeLogged(
                        FEATURES,
                        List.of(new LoggedQuery(
                                "q1", "all", new float[] {0.5f, 2}, Arm.CHEAP, 0.25, 0.75, 12.5, List.of("a", "b"))));
        assertEquals(
                List.of(
                        "query_id,arm,entropy,query_length,slice,ndcg10,latency_us,top10,propensity",
                        "q1,CHEAP,0.5,2.0,all,0.75,12.5,\"[\"\"a\"\",\"\"b\"\"]\",0.25"),
                Files.readAllLines(file));
    }

    @Test
    void replacesAFileWholeAndLeavesThePropensityOfAMeasuredRowEmpty() throws IOException {
        final Path file = folder.resolve("o.jsonl");
        Files.writeString(file, "what was there before");
        new ObservationWriter(file).write(MEASURED);
        final List<String> lines = Files.readAllLines(file);
        assertEquals(6, lines.size());
        assertTrue(lines.getFirst().contains("\"propensity\":null"), lines.getFirst());
        assertTrue(lines.get(3).contains("\"entropy\":null"), lines.get(3));
    }

    @ParameterizedTest
    @ValueSource(strings = {"o.txt", "o", "o.parquet.gz", "nowhere/o.csv"})
    void refusesANameWithoutAFormatOrAFolderThatIsNotThere(final String name) {
        assertThrows(BadInputException.class, () -> new ObservationWriter(folder.resolve(name)));
    }
}

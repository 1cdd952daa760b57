package io.t1.ops.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import io.t1.ops.distil.DistilEngine;
import io.t1.ops.distil.HashSplit;
import io.t1.ops.observation.BadRowPolicy;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import io.t1.ops.observation.ObservationReader;
import io.t1.ops.observation.ObservationWriter;
import io.t1.ops.observation.Observations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Spark reads is what this process reads: the same queries, counts, reasons, rejects and messages. */
class SparkReadingTest {
    private static final List<String> FEATURES = List.of("entropy", "query_length", "nl_confidence");
    private static final String HEADER = "query_id,arm,entropy,query_length,nl_confidence,slice,ndcg10,latency_us\n";

    private static DistilEngine engine;

    @TempDir
    private Path folder;

    @BeforeAll
    static void open() {
        engine = SparkEngine.open(new DistilEngine.Place(Optional.of("local[2]"), 2));
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void readsAllFormatsAndRefusesTheSameRowsForTheSameReasons() throws IOException {
        final Path observations = Files.createDirectory(folder.resolve("observations"));
        final String[] names = {"1.parquet", "2.csv", "3.csv.gz", "4.csv.zst", "5.jsonl", "6.jsonl.gz", "7.jsonl.zst"};
        for (int i = 0; i < names.length; i++) {
            new ObservationWriter(observations.resolve(names[i]))
                    .write(renamed(KnownLaw.queries(40, i), names[i] + "-"));
        }
        // what a row alone shows, what others of its query show, and queries whose rows lie in two files
        Files.writeString(
                observations.resolve("8.csv"),
                HEADER + "split,SKIP,1,2,0.5,short,0.1,100\n" + "split,CHEAP,1,2,0.5,short,0.2,200\n"
                        + "split,SKIP,1,2,0.5,short,0.9,100\n"
                        + "1.parquet-q3,FULL,1,2,0.5,short,0.2,200\n" + "lacks,FULL,1,2,0.5,short,0.2,200\n"
                        + "differs,SKIP,1,2,0.5,short,0.2,200\n" + "differs,CHEAP,1.5,2,0.5,short,0.2,200\n"
                        + ",FULL,1,2,0.5,short,0.2,200\n" + "q,MOST,1,2,0.5,short,0.2,200\n"
                        + "q,FULL,much,2,0.5,short,0.2,200\n" + "q,FULL,1,2,0.5,short,2,200\n"
                        + "q,FULL,1,2,0.5,short,0.2,-1\n" + "q,FULL,1,2,0.5,short,0.2\n"
                        + "q,FULL,1,2,0.5,short,0.2,5,6,7\n");
        Files.writeString(
                observations.resolve("9.jsonl"),
                "{\"query_id\":\"split\",\"arm\":\"full\",\"entropy\":1,\"query_length\":2,\"nl_confidence\":0.5,"
                        + "\"slice\":\"other\",\"ndcg10\":0.3,\"latency_us\":300}\n{\"query_id\":\"cut\n");
        final Path here = folder.resolve("here.jsonl");
        final Path there = folder.resolve("there.jsonl");
        final Observations read = reader(0.2, here).read(List.of(observations.toString()), Progress.NONE);
        final DistilEngine.Held held = engine.read(reader(0.2, there), List.of(observations.toString()), Progress.NONE);
        assertEquals(281, read.queries().queries().size(), "each of the seven files' and the one in two files");
        assertTrue(read.badRows().size() >= 9, () -> "reasons: " + read.badRows());
        assertEquals(read.badRows(), held.rows().badRows());
        assertEquals(read.rows(), held.rows().rows());
        assertEquals(read.inputs(), held.rows().inputs());
        assertEquals(Files.readString(here), Files.readString(there));
        final HashSplit all =
                new HashSplit(1, held.queries().size(), 0, held.queries().size());
        assertEquals(
                told(read.queries().queries().stream().sorted(Comparator.comparingLong(q -> all.hash(q.queryId())))),
                told(held.queries().pupils(all).queries().stream()));
    }

    @Test
    void stopsWhereTheShareOfBadRowsIsPassedAndKeepsThem() throws IOException {
        final Path good = folder.resolve("good.parquet");
        new ObservationWriter(good).write(KnownLaw.queries(60, 1));
        final StringBuilder rows = new StringBuilder(HEADER);
        for (int i = 0; i < 150; i++) { // more than are kept of a reason
            rows.append("b").append(i).append(",FULL,1,2,0.5,short,7,200\n");
        }
        final Path bad = Files.writeString(folder.resolve("bad.csv"), rows);
        final Path rejects = folder.resolve("rejects.jsonl");
        assertEquals(
                message(() -> reader(0.1, folder.resolve("here.jsonl"))
                        .read(List.of(good.toString(), bad.toString()), Progress.NONE)),
                message(() ->
                        engine.read(reader(0.1, rejects), List.of(good.toString(), bad.toString()), Progress.NONE)));
        assertEquals(100, Files.readAllLines(rejects).size());
    }

    @Test
    void refusesTheSameFilesInTheSameWords() throws IOException {
        final Path good = folder.resolve("a.parquet");
        new ObservationWriter(good).write(KnownLaw.queries(60, 1));
        final Path empty = Files.writeString(folder.resolve("empty.csv"), "");
        final Path lacking = Files.writeString(folder.resolve("lacking.csv"), "query_id,arm\nq,FULL\n");
        final Path none = Files.writeString(folder.resolve("none.csv"), HEADER);
        final Path torn = Files.write(
                folder.resolve("torn.parquet"), Arrays.copyOf(Files.readAllBytes(good), (int) Files.size(good) / 2));
        final Path single = Files.writeString(
                folder.resolve("single.csv"),
                HEADER + "q1,SKIP,1,2,0.5,short,0.1,100\n" + "q2,CHEAP,1,2,0.5,short,0.2,200\n");
        for (final Path file : List.of(folder.resolve("missing.csv"), empty, lacking, none, torn, single)) {
            final boolean alone = file.equals(single);
            final List<String> names = alone ? List.of(file.toString()) : List.of(good.toString(), file.toString());
            assertEquals(
                    message(() -> new ObservationReader(FEATURES).read(names, Progress.NONE)),
                    message(() -> engine.read(new ObservationReader(FEATURES), names, Progress.NONE)),
                    file.toString());
        }
    }

    @Test
    void readsCategories() throws IOException {
        final StringBuilder rows = new StringBuilder("query_id,arm,language,ndcg10,latency_us\n");
        for (int i = 0; i < 240; i++) {
            for (final String arm : List.of("SKIP", "CHEAP", "FULL")) {
                rows.append("q" + i + "," + arm + "," + (i % 4 == 0 ? "de" : i % 4 == 1 ? "" : "en") + ",0.5,9\n");
            }
        }
        final List<String> names =
                List.of(Files.writeString(folder.resolve("texts.csv"), rows).toString());
        final ObservationReader reader = new ObservationReader(List.of("language:categorical"));
        final MeasuredQueries read = reader.read(names, Progress.NONE).queries();
        final DistilEngine.Held held = engine.read(reader, names, Progress.NONE);
        assertEquals(Map.of("language", List.of("de", "en")), held.rows().categories());
        assertEquals(read.categories(), held.rows().categories());
        final HashSplit all = new HashSplit(1, 240, 0, 240);
        final MeasuredQueries found = held.queries().pupils(all);
        assertEquals(read.categories(), found.categories());
        assertEquals(
                told(read.queries().stream().sorted(Comparator.comparingLong(q -> all.hash(q.queryId())))),
                told(found.queries().stream()));
    }

    @Test
    void refusesALog() throws IOException {
        final Path log = Files.writeString(
                folder.resolve("log.csv"), HEADER.strip() + ",propensity\n" + "q1,SKIP,1,2,0.5,short,0.1,100,0.5\n");
        final String refused =
                message(() -> engine.read(new ObservationReader(FEATURES), List.of(log.toString()), Progress.NONE));
        assertTrue(refused.startsWith(log + ": is a log of one arm a query"), refused);
    }

    @Test
    void leavesNoFileBehindWhereNoRowIsBad() {
        final Path good = folder.resolve("good.csv");
        new ObservationWriter(good).write(KnownLaw.queries(60, 1));
        final Path rejects = folder.resolve("rejects.jsonl");
        engine.read(reader(0.1, rejects), List.of(good.toString()), Progress.NONE);
        assertFalse(Files.exists(rejects));
    }

    private static ObservationReader reader(final double share, final Path rejects) {
        return new ObservationReader(FEATURES, new BadRowPolicy(share, Optional.of(rejects)));
    }

    private static String message(final Runnable reading) {
        return String.valueOf(
                assertThrows(BadInputException.class, reading::run).getMessage());
    }

    private static MeasuredQueries renamed(final MeasuredQueries queries, final String prefix) {
        return new MeasuredQueries(
                queries.featureNames(),
                queries.queries().stream()
                        .map(query -> new MeasuredQuery(
                                prefix + query.queryId(),
                                query.slice(),
                                query.features(),
                                query.ndcg10(),
                                query.latencyMicros(),
                                query.topTen()))
                        .toList());
    }

    private static List<String> told(final Stream<MeasuredQuery> queries) {
        return queries.map(query -> query.queryId() + " " + query.slice() + " " + Arrays.toString(query.features())
                        + Arrays.toString(query.ndcg10()) + Arrays.toString(query.latencyMicros()))
                .toList();
    }
}

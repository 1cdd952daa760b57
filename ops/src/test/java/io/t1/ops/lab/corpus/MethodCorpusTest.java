package io.t1.ops.lab.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.ops.BadInputException;
import io.t1.ops.cli.Progress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MethodCorpusTest {
    private static final MethodCorpus.Sample ALL = new MethodCorpus.Sample(1000, 1000, 1);
    private static final String BODY = "{ int total = 0; for (int x : xs) { total += x; } return total; }";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeJars() throws IOException {
        Files.createDirectories(folder.resolve("jars"));
        jar(
                "sums-2.1-sources.jar",
                Map.of("a/Sums.java", """
                        package a;
                        public class Sums {
                            /** Adds up all the numbers given. Overflow wraps.
                             * @param xs what to add */
                            @Deprecated public static int total(final int[] xs) %1$s
                            /** Adds up all the numbers of a list. */
                            int total(java.util.List<Integer> xs) %1$s
                            /** Does what two methods say. */
                            int twin(int[] xs) %1$s
                            /** Too short here. */
                            int threeWords(int[] xs) %1$s
                            /** Has no body that is worth it. */
                            int brief() { return 1; }
                            int undocumented(int[] xs) %1$s
                            static class Inner {
                                /** Multiplies what is inside of it. */
                                int product(int... xs) { int p = 1; for (int x : xs) { p *= x; } return p; }
                            }
                        }
                        """.formatted(BODY), "a/Broken.java", "package a; /** x */ class {"));
        jar("other-1-sources.jar", Map.of("b/Other.java", """
                        package b;
                        class Other {
                            /** Does what two methods say. */
                            int otherTwin(int[] xs) %s
                        }
                        """.formatted(BODY)));
    }

    @Test
    void asksForEachMethodByItsSentenceAndByItsNames() {
        final LabCorpus corpus = read();
        assertEquals(
                List.of(
                        "other/b.Other.otherTwin(int[])",
                        "sums/a.Sums.Inner.product(int[])",
                        "sums/a.Sums.total(List)",
                        "sums/a.Sums.total(int[])",
                        "sums/a.Sums.twin(int[])"),
                corpus.documents().stream().map(Document::id).toList());
        final LabQuery sentence = query(corpus, "nl:sums/a.Sums.total(int[])");
        assertEquals("Adds up all the numbers given", sentence.text());
        assertEquals(MethodCorpus.NATURAL_LANGUAGE, sentence.slice());
        assertEquals(Map.of("sums/a.Sums.total(int[])", 2, "sums/a.Sums.total(List)", 1), sentence.judgements());
        final LabQuery names = query(corpus, "kw:sums/a.Sums.Inner.product(int[])");
        assertTrue(List.of("product", "Inner.product", "Inner product").contains(names.text()), names.text());
        assertEquals(MethodCorpus.KEYWORD, names.slice());
    }

    @Test
    void takesTheSentenceOutOfTheDocumentAndKeepsTheRest() {
        final Document total = read().documents().get(3);
        assertEquals("Sums.total", total.title());
        assertFalse(total.text().contains("Adds up"), total.text());
        assertTrue(total.text().contains("Overflow wraps."), total.text());
        assertTrue(total.text().contains("xs what to add"), total.text());
        assertTrue(total.text().endsWith("public static int total(final int[] xs) " + BODY), total.text());
    }

    @Test
    void asksNothingByASentenceThatTwoMethodsHave() {
        final List<String> ids = read().queries().stream().map(LabQuery::id).toList();
        assertFalse(ids.contains("nl:sums/a.Sums.twin(int[])"), ids.toString());
        assertFalse(ids.contains("nl:other/b.Other.otherTwin(int[])"), ids.toString());
        assertTrue(ids.contains("kw:sums/a.Sums.twin(int[])"), ids.toString());
    }

    @Test
    void countsAFileThatDoesNotParseAndGoesOn() {
        final SourceJars.Methods methods =
                SourceJars.read(SourceJars.in(folder.resolve("jars")), 1000, 1, 2, Progress.NONE);
        assertEquals(3, methods.filesRead());
        assertEquals(1, methods.filesFailed());
        assertEquals(5, methods.methods().size());
    }

    @Test
    void readsTheSameFromTheCacheAndAgainWhenTheCacheIsDamaged() throws IOException {
        final LabCorpus first = read();
        assertEquals(first, read());
        final List<Path> kept;
        try (var files = Files.list(folder.resolve("cache"))) {
            kept = files.toList();
        }
        assertEquals(1, kept.size(), kept.toString());
        final byte[] whole = Files.readAllBytes(kept.getFirst());
        for (int cut = 0; cut < whole.length; cut += 97) {
            Files.write(kept.getFirst(), java.util.Arrays.copyOf(whole, cut));
            assertEquals(first, read(), "cut at " + cut);
        }
        final byte[] damaged = whole.clone();
        damaged[whole.length / 2] ^= 1;
        Files.write(kept.getFirst(), damaged);
        assertEquals(first, read(), "a flipped bit");
    }

    @Test
    void balancesTheSlicesOfASampleAndSamplesTheSameAgain() {
        final MethodCorpus.Sample four = new MethodCorpus.Sample(1000, 4, 9);
        final LabCorpus corpus =
                MethodCorpus.read(folder.resolve("jars"), folder.resolve("cache"), four, 2, Progress.NONE);
        assertEquals(4, corpus.queries().size());
        assertEquals(
                2,
                corpus.queries().stream()
                        .filter(query -> query.slice().equals(MethodCorpus.KEYWORD))
                        .count());
        assertEquals(corpus, MethodCorpus.read(folder.resolve("jars"), folder.resolve("none"), four, 1, Progress.NONE));
    }

    @Test
    void saysWhereTheSourceJarsShouldBe() {
        final BadInputException failure = assertThrows(
                BadInputException.class,
                () -> MethodCorpus.read(folder.resolve("nowhere"), folder, ALL, 1, Progress.NONE));
        assertTrue(String.valueOf(failure.getMessage()).contains("nowhere"), failure.getMessage());
        assertTrue(String.valueOf(failure.getMessage()).contains("--corpus"), failure.getMessage());
    }

    private LabCorpus read() {
        return MethodCorpus.read(folder.resolve("jars"), folder.resolve("cache"), ALL, 2, Progress.NONE);
    }

    private static LabQuery query(final LabCorpus corpus, final String id) {
        return corpus.queries().stream()
                .filter(query -> query.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new AssertionError(id + " isn't in " + corpus.queries()));
    }

    private void jar(final String name, final Map<String, String> files) throws IOException {
        try (ZipOutputStream zip =
                new ZipOutputStream(Files.newOutputStream(folder.resolve("jars").resolve(name)))) {
            for (final Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
    }
}

package io.t1.ops.lab.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.lab.TinyCorpus;
import io.t1.ops.lab.corpus.BeirFolder;
import io.t1.ops.lab.corpus.Document;
import io.t1.ops.lab.corpus.LabCorpus;
import io.t1.ops.lab.encoding.MiniLmModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IndexCacheTest {
    private static final MiniLmModel MODEL = MiniLmModel.load();
    private static final FusionWeights WEIGHTS = new FusionWeights(0.4, 0.4, 0.3, 0.3);

    @TempDir
    private Path folder;

    private LabCorpus corpus;
    private IndexCache cache;

    @BeforeEach
    void writeCorpus() throws IOException {
        corpus = BeirFolder.read(TinyCorpus.write(folder.resolve("corpus")));
        cache = new IndexCache(folder.resolve("cache"), MODEL, 1);
    }

    @Test
    void encodesOnceAndRanksTheSameWhenReopenedOrMadeAgain() throws IOException {
        final List<RankedList> first = rankings(corpus, true);
        assertEquals(first, rankings(corpus, false), "reopened");
        delete(cache.folderFor(corpus));
        assertEquals(first, rankings(corpus, true), "made again");
    }

    @Test
    void makesAgainWhatIsCutShortChangedOrMissing() throws IOException {
        final List<RankedList> whole = rankings(corpus, true);
        final Path kept = cache.folderFor(corpus);
        for (final String file : List.of("token-vectors.bin", "sentence-scale.txt", "manifest.json")) {
            final byte[] bytes = Files.readAllBytes(kept.resolve(file));
            Files.write(kept.resolve(file), java.util.Arrays.copyOf(bytes, bytes.length / 2));
            assertEquals(whole, rankings(corpus, true), file + " cut");
            final byte[] changed = Files.readAllBytes(kept.resolve(file));
            changed[changed.length / 2] ^= 4;
            Files.write(kept.resolve(file), changed);
            assertEquals(whole, rankings(corpus, true), file + " changed");
            Files.delete(kept.resolve(file));
            assertEquals(whole, rankings(corpus, true), file + " missing");
        }
        try (Stream<Path> left = Files.list(folder.resolve("cache"))) {
            assertEquals(List.of(kept), left.toList(), "nothing unfinished stays");
        }
    }

    @Test
    void keepsCorporaApartByTheirDocuments() throws IOException {
        final List<Document> documents = new ArrayList<>(corpus.documents());
        documents.set(3, new Document(documents.get(3).id(), "", "something else"));
        final LabCorpus other = new LabCorpus(corpus.name(), corpus.kind(), documents, corpus.queries());
        assertFalse(cache.folderFor(corpus).equals(cache.folderFor(other)));
        rankings(corpus, true);
        rankings(other, true);
        rankings(corpus, false);
    }

    @Test
    void answersAQueryWithoutAnyHitUnderEveryArm() throws IOException {
        try (LabIndex index = cache.open(corpus, Progress.NONE);
                SearchNode node = new SearchNode(index, WEIGHTS)) {
            for (final String query : List.of("", "zzzz", "the of", "?")) {
                final FirstStage first = node.firstStage(query);
                assertEquals(0, first.documents().length, query);
                assertEquals(List.of(), finish(node, first, Arm.SKIP).topTen(), query);
                assertEquals(List.of(), finish(node, first, Arm.CHEAP).topTen(), query);
                assertEquals(10, finish(node, first, Arm.FULL).topTen().size(), query + ": HNSW needs no term");
            }
        }
    }

    @Test
    void honoursTheConfigurationThatAnArmIsGiven() throws IOException {
        try (LabIndex index = cache.open(corpus, Progress.NONE);
                SearchNode node = new SearchNode(index, WEIGHTS)) {
            final FirstStage first = node.firstStage("volcano");
            assertTrue(first.documents().length > 0 && first.documents().length < 10, "hits of volcano");
            final int hits = first.documents().length;
            assertEquals(hits, finish(node, first, Arm.SKIP).topTen().size());
            assertEquals(hits, node.finish(first, Arm.FULL, 10, 0, 50).topTen().size(), "topk=0 joins nothing");
            assertEquals(1, node.finish(first, Arm.FULL, 10, 10, 1).topTen().size(), "depth=1 answers with one");
            assertEquals(1, node.finish(first, Arm.CHEAP, 0, 20, 1).topTen().size());
            assertEquals(10, node.finish(first, Arm.FULL, 1, 10, 50).topTen().size(), "ef under topk is topk");
        }
    }

    private List<RankedList> rankings(final LabCorpus asked, final boolean made) throws IOException {
        final int[] encoded = {0};
        final Progress progress = (step, done, total) -> encoded[0] += step.startsWith("encoding") ? 1 : 0;
        final List<RankedList> rankings = new ArrayList<>();
        try (LabIndex index = cache.open(asked, progress);
                SearchNode node = new SearchNode(index, WEIGHTS)) {
            asked.queries().forEach(query -> {
                final FirstStage first = node.firstStage(query.text());
                for (final Arm arm : Arm.values()) {
                    rankings.add(finish(node, first, arm));
                }
            });
        }
        assertEquals(made, encoded[0] > 0, "whether documents were encoded");
        return rankings;
    }

    private static RankedList finish(final SearchNode node, final FirstStage first, final Arm arm) {
        final ArmConfiguration configuration = ArmConfiguration.of(arm);
        return node.finish(first, arm, configuration.ef(), configuration.topk(), configuration.rerankDepth());
    }

    private static void delete(final Path kept) throws IOException {
        try (Stream<Path> entries = Files.walk(kept)) {
            for (final Path entry :
                    entries.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        }
    }
}

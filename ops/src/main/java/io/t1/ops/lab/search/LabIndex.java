package io.t1.ops.lab.search;

import io.t1.ops.lab.corpus.LabCorpus;
import io.t1.ops.lab.corpus.TextKind;
import io.t1.ops.lab.encoding.MiniLmModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.store.MMapDirectory;

/**
 * A corpus as the search node searches it: Lucene's index of terms and sentence vectors, and the token vectors. One
 * segment; a document's number is its place in the corpus.
 *
 * <p>Threading: any. Who opens it closes it, after the nodes on it.
 */
public final class LabIndex implements AutoCloseable {
    static final String LUCENE_FOLDER = "lucene";
    /** A file with what one INT8 step of this index's sentence vectors is worth, as decimal text. */
    static final String SENTENCE_SCALE = "sentence-scale.txt";

    static final String CONTENT = "content";
    static final String SENTENCE = "sentence";

    private final DirectoryReader reader;
    private final LeafReader segment;
    private final TokenVectors tokens;
    private final TextAnalysis analysis;
    private final MiniLmModel model;
    private final float sentenceScale;
    private final String[] ids;
    private final int[] idOrder;

    private LabIndex(
            final DirectoryReader reader,
            final TokenVectors tokens,
            final TextKind kind,
            final MiniLmModel model,
            final float sentenceScale,
            final String[] ids) {
        this.reader = reader;
        this.segment = reader.leaves().getFirst().reader();
        this.tokens = tokens;
        this.analysis = new TextAnalysis(kind);
        this.model = model;
        this.sentenceScale = sentenceScale;
        this.ids = ids;
        this.idOrder = idOrder(ids);
    }

    /**
     * Opens a folder that {@link LabIndexWriter} wrote for this corpus.
     *
     * @throws IOException if it isn't of this corpus, or can't be read.
     */
    static LabIndex open(final Path folder, final LabCorpus corpus, final MiniLmModel model) throws IOException {
        LuceneLog.quieten();
        final float sentenceScale = Float.parseFloat(Files.readString(folder.resolve(SENTENCE_SCALE)));
        final DirectoryReader reader = DirectoryReader.open(new MMapDirectory(folder.resolve(LUCENE_FOLDER)));
        try {
            final TokenVectors tokens = TokenVectors.open(folder);
            final int documents = corpus.documents().size();
            if (reader.leaves().size() != 1 || reader.maxDoc() != documents || tokens.documents() != documents) {
                tokens.close();
                throw new IOException("segments=" + reader.leaves().size() + ", documents=" + reader.maxDoc() + " and "
                        + tokens.documents() + ", not 1 and " + documents);
            }
            final String[] ids = new String[documents];
            Arrays.setAll(ids, i -> corpus.documents().get(i).id());
            return new LabIndex(reader, tokens, corpus.kind(), model, sentenceScale, ids);
        } catch (final IOException | RuntimeException e) {
            reader.close();
            throw e;
        }
    }

    private static int[] idOrder(final String[] ids) {
        final Integer[] ascending = new Integer[ids.length];
        Arrays.setAll(ascending, i -> i);
        Arrays.sort(ascending, Comparator.comparing(i -> ids[i]));
        final int[] order = new int[ids.length];
        for (int place = 0; place < ids.length; place++) {
            order[ascending[place]] = place;
        }
        return order;
    }

    /** How many documents there are. */
    public int documents() {
        return ids.length;
    }

    DirectoryReader reader() {
        return reader;
    }

    LeafReader segment() {
        return segment;
    }

    TokenVectors tokens() {
        return tokens;
    }

    TextAnalysis analysis() {
        return analysis;
    }

    MiniLmModel model() {
        return model;
    }

    /** A document's place among all ids in ascending order, by its number. */
    int[] idOrder() {
        return idOrder;
    }

    List<String> idsOf(final int[] documents, final int count) {
        final String[] chosen = new String[Math.min(count, documents.length)];
        Arrays.setAll(chosen, i -> ids[documents[i]]);
        return List.of(chosen);
    }

    /** A sentence vector in the steps that all of this index's have, cut where it goes beyond. */
    byte[] quantise(final float[] sentence) {
        return LabIndexWriter.quantise(sentence, sentenceScale);
    }

    @Override
    public void close() {
        try {
            reader.close();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            tokens.close();
        }
    }
}

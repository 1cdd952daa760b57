package io.t1.ops.lab.search;

import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.Document;
import io.t1.ops.lab.corpus.LabCorpus;
import io.t1.ops.lab.encoding.DocumentEncoder;
import io.t1.ops.lab.encoding.MiniLmModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.KnnByteVectorField;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.LogDocMergePolicy;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.similarities.BM25Similarity;
import org.apache.lucene.store.FSDirectory;

/**
 * Writes a corpus' index: encodes every document, then indexes terms and sentence vectors in one segment, on one thread,
 * so that the same corpus gives the same graph.
 */
final class LabIndexWriter {
    /** Word pieces of a document in prose that are encoded, the two special ones included. */
    static final int PROSE_TOKENS = 128;
    /** Of code, whose head says what it does: 80 find hardly more, and take a fifth longer. */
    static final int CODE_TOKENS = 64;

    /** BM25's saturation and length normalisation, as in BEIR's flat baselines. */
    static final BM25Similarity BM25 = new BM25Similarity(0.9f, 0.4f);

    private static final double BUFFER_MB = 1024;

    private final MiniLmModel model;
    private final int threads;

    LabIndexWriter(final MiniLmModel model, final int threads) {
        this.model = model;
        this.threads = threads;
    }

    /** Writes to an empty folder. */
    void write(final Path folder, final LabCorpus corpus, final Progress progress) throws IOException {
        final List<String> contents =
                corpus.documents().stream().map(Document::content).toList();
        final TextAnalysis analysis = new TextAnalysis(corpus.kind());
        final float[][] sentences = new float[contents.size()][];
        try (TokenVectors.Writer tokens = new TokenVectors.Writer(folder)) {
            new DocumentEncoder(model, threads)
                    .encode(
                            contents.stream().map(analysis::encoderInput).toList(),
                            switch (corpus.kind()) {
                                case CODE -> CODE_TOKENS;
                                case PROSE -> PROSE_TOKENS;
                            },
                            (index, encoded) -> {
                                sentences[index] = encoded.sentence();
                                try {
                                    tokens.add(encoded);
                                } catch (final IOException e) {
                                    throw new UncheckedIOException(e);
                                }
                            },
                            progress);
        } catch (final UncheckedIOException e) {
            throw e.getCause();
        }
        final float scale = scale(sentences);
        index(folder, corpus, contents, sentences, scale, progress);
        Files.writeString(folder.resolve(LabIndex.SENTENCE_SCALE), Float.toString(scale));
    }

    /** The finest step with which the largest component of any sentence still fits. */
    private static float scale(final float[][] sentences) {
        float largest = Float.MIN_NORMAL;
        for (final float[] sentence : sentences) {
            for (final float component : sentence) {
                largest = Math.max(largest, Math.abs(component));
            }
        }
        return largest / Byte.MAX_VALUE;
    }

    static byte[] quantise(final float[] sentence, final float scale) {
        final byte[] steps = new byte[sentence.length];
        for (int d = 0; d < steps.length; d++) {
            steps[d] = (byte) Math.clamp(Math.round(sentence[d] / scale), -Byte.MAX_VALUE, Byte.MAX_VALUE);
        }
        return steps;
    }

    private static void index(
            final Path folder,
            final LabCorpus corpus,
            final List<String> contents,
            final float[][] sentences,
            final float scale,
            final Progress progress)
            throws IOException {
        LuceneLog.quieten();
        final IndexWriterConfig config = new IndexWriterConfig(new TextAnalysis(corpus.kind()).indexing())
                .setSimilarity(BM25)
                .setRAMBufferSizeMB(BUFFER_MB)
                .setMaxBufferedDocs(IndexWriterConfig.DISABLE_AUTO_FLUSH)
                .setMergePolicy(new LogDocMergePolicy()) // keeps the documents' order
                .setMergeScheduler(new SerialMergeScheduler())
                .setUseCompoundFile(false);
        final FieldType text = new FieldType();
        text.setTokenized(true);
        text.setIndexOptions(IndexOptions.DOCS_AND_FREQS);
        text.freeze();
        final FieldType vector =
                KnnByteVectorField.createFieldType(MiniLmModel.DIMENSIONS, VectorSimilarityFunction.DOT_PRODUCT);
        try (FSDirectory directory = FSDirectory.open(folder.resolve(LabIndex.LUCENE_FOLDER));
                IndexWriter writer = new IndexWriter(directory, config)) {
            for (int i = 0; i < sentences.length; i++) {
                final var document = new org.apache.lucene.document.Document();
                document.add(new Field(LabIndex.CONTENT, contents.get(i), text));
                document.add(new KnnByteVectorField(LabIndex.SENTENCE, quantise(sentences[i], scale), vector));
                writer.addDocument(document);
                if (i % 256 == 0) {
                    progress.report("indexing documents", i, sentences.length);
                }
            }
            writer.forceMerge(1);
            progress.report("indexing documents", sentences.length, sentences.length);
        }
    }
}

package io.t1.ops.lab.search;

import io.t1.codec.Arm;
import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.encoding.EncodedText;
import io.t1.ops.lab.encoding.TextEncoder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.ByteVectorValues;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.AcceptDocs;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TopDocs;
import org.apache.lucene.search.TopKnnCollector;
import org.apache.lucene.search.TopScoreDocCollectorManager;
import org.apache.lucene.util.VectorUtil;

/**
 * A search node: BM25 for every query, and on top of it what the arm says. Whatever an arm needs is computed when it is
 * asked for, and never kept: two calls cost twice.
 *
 * <ul>
 *   <li>SKIP: the first stage as it is.
 *   <li>CHEAP: encodes the query; the first documents of the first stage by BM25 fused with the cosine of the sentences.
 *   <li>FULL: encodes the query; the nearest sentences by HNSW join the first stage; the best of both, fused, by late
 *       interaction fused with both scores.
 * </ul>
 *
 * <p>Threading: one thread an instance. Who makes it closes it.
 */
public final class SearchNode implements AutoCloseable {
    /** How many documents the first stage finds. */
    public static final int FIRST_STAGE = 100;

    private static final int ANSWER = 10;
    private static final int QUERY_TOKENS = 64;

    private final LabIndex index;
    private final FusionWeights weights;
    private final IndexSearcher searcher;
    private final ByteVectorValues sentences;
    private final TokenVectors.Scorer late;
    private final TextEncoder encoder;

    /**
     * @throws UncheckedIOException if the index can't be read.
     */
    public SearchNode(final LabIndex index, final FusionWeights weights) {
        this.index = index;
        this.weights = weights;
        this.searcher = new IndexSearcher(index.reader());
        searcher.setSimilarity(LabIndexWriter.BM25);
        searcher.setQueryCache(null); // a repeated query costs what the first did
        this.late = index.tokens().new Scorer();
        this.encoder = new TextEncoder(index.model());
        try {
            this.sentences = index.segment().getByteVectorValues(LabIndex.SENTENCE);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Fits fusion weights: the best mean nDCG@10 over these queries. Equal weights without any.
     */
    public static FusionWeights fitWeights(
            final LabIndex index, final List<LabQuery> training, final Progress progress) {
        try (SearchNode node = new SearchNode(index, FusionWeights.EQUAL)) {
            return new FusionFit(node).fit(training, progress);
        }
    }

    /** Finds the first stage of a query, with its features. */
    public FirstStage firstStage(final String query) {
        final long begin = System.nanoTime();
        final QueryTerms terms = QueryTerms.of(query, index.analysis());
        final int[] frequencies = new int[terms.terms().size()];
        final BooleanQuery.Builder any = new BooleanQuery.Builder();
        try {
            int at = 0;
            for (final Map.Entry<String, Integer> term : terms.terms().entrySet()) {
                final Term indexed = new Term(LabIndex.CONTENT, term.getKey());
                frequencies[at++] = index.segment().docFreq(indexed);
                final Query one = new TermQuery(indexed);
                any.add(term.getValue() == 1 ? one : new BoostQuery(one, term.getValue()), BooleanClause.Occur.SHOULD);
            }
            final TopDocs hits =
                    searcher.search(any.build(), new TopScoreDocCollectorManager(FIRST_STAGE, Integer.MAX_VALUE));
            final ScoreDoc[] best = hits.scoreDocs;
            final int[] idOrder = index.idOrder();
            Arrays.sort(
                    best,
                    Comparator.<ScoreDoc>comparingDouble(hit -> -hit.score).thenComparingInt(hit -> -idOrder[hit.doc]));
            final int[] documents = new int[best.length];
            final float[] scores = new float[best.length];
            for (int i = 0; i < best.length; i++) {
                documents[i] = best[i].doc;
                scores[i] = best[i].score;
            }
            final float[] features = LabFeatures.of(new LabFeatures.Source(
                    terms,
                    scores,
                    frequencies,
                    index.documents(),
                    (int) hits.totalHits.value(),
                    documents.length == 0 ? 0 : termsIn(documents[0], terms)));
            return new FirstStage(query, documents, scores, features, System.nanoTime() - begin);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int termsIn(final int document, final QueryTerms terms) throws IOException {
        int there = 0;
        for (final String term : terms.terms().keySet()) {
            final PostingsEnum postings = index.segment().postings(new Term(LabIndex.CONTENT, term), PostingsEnum.NONE);
            there += postings != null && postings.advance(document) == document ? 1 : 0;
        }
        return there;
    }

    /**
     * Answers a query under an arm.
     *
     * @param ef breadth of the HNSW search, at least {@code topk} counts; only FULL has one.
     * @param topk documents that the HNSW search gives, 0 for no search; only FULL has one.
     * @param rerankDepth documents reranked, 1 or more; SKIP reranks none.
     */
    public RankedList finish(
            final FirstStage first, final Arm arm, final int ef, final int topk, final int rerankDepth) {
        return switch (arm) {
            case SKIP -> new RankedList(index.idsOf(first.documents(), ANSWER));
            case CHEAP -> {
                final EncodedText query = encode(first);
                final Candidates head = firstCandidates(first, query, rerankDepth);
                yield answer(head, weights.cheapLexical(), 1 - weights.cheapLexical(), 0);
            }
            case FULL -> {
                final EncodedText query = encode(first);
                final Candidates joined = joinedCandidates(first, query, ef, topk);
                final Candidates head = best(joined, rerankDepth, weights.joinLexical());
                addLate(head, query);
                yield answer(head, weights.rerankLexical(), weights.rerankDense(), weights.rerankLate());
            }
        };
    }

    EncodedText encode(final FirstStage first) {
        return encoder.encode(index.analysis().encoderInput(first.query()), QUERY_TOKENS);
    }

    /** The first documents of the first stage with their cosines. */
    Candidates firstCandidates(final FirstStage first, final EncodedText query, final int depth) {
        final byte[] sentence = index.quantise(query.sentence());
        final int count = Math.min(depth, first.documents().length);
        final Candidates candidates = new Candidates(count);
        for (int i = 0; i < count; i++) {
            candidates.add(first.documents()[i], first.scores()[i], cosine(first.documents()[i], sentence));
        }
        return candidates;
    }

    /**
     * The first stage and the nearest sentences with both scores. A document that only the latter found has the least
     * BM25 score of the former: it may have more terms than none, but not more than the last.
     */
    Candidates joinedCandidates(final FirstStage first, final EncodedText query, final int ef, final int topk) {
        final byte[] sentence = index.quantise(query.sentence());
        final int[] found = first.documents();
        final int[] near = nearest(sentence, ef, topk);
        final int[] known = found.clone();
        Arrays.sort(known);
        final Candidates candidates = new Candidates(found.length + near.length);
        for (int i = 0; i < found.length; i++) {
            candidates.add(found[i], first.scores()[i], cosine(found[i], sentence));
        }
        final float least = found.length == 0 ? 0f : first.scores()[found.length - 1];
        for (final int document : near) {
            if (Arrays.binarySearch(known, document) < 0) {
                candidates.add(document, least, cosine(document, sentence));
            }
        }
        return candidates;
    }

    Candidates best(final Candidates joined, final int count, final double lexicalWeight) {
        return joined.best(count, lexicalWeight, 1 - lexicalWeight, 0, index.idOrder());
    }

    /** Adds the late interaction's scores. */
    void addLate(final Candidates candidates, final EncodedText query) {
        late.setQuery(query);
        for (int i = 0; i < candidates.size(); i++) {
            candidates.setLate(i, late.maxSim(candidates.document(i)));
        }
    }

    RankedList answer(
            final Candidates candidates,
            final double lexicalWeight,
            final double denseWeight,
            final double lateWeight) {
        final Candidates ten = candidates.best(ANSWER, lexicalWeight, denseWeight, lateWeight, index.idOrder());
        final int[] documents = new int[ten.size()];
        Arrays.setAll(documents, ten::document);
        return new RankedList(index.idsOf(documents, ANSWER));
    }

    private int[] nearest(final byte[] sentence, final int ef, final int topk) {
        if (topk == 0) {
            return new int[0];
        }
        final TopKnnCollector collector = new TopKnnCollector(Math.max(ef, topk), Integer.MAX_VALUE);
        try {
            index.segment()
                    .searchNearestVectors(
                            LabIndex.SENTENCE,
                            sentence,
                            collector,
                            AcceptDocs.fromLiveDocs(null, index.segment().maxDoc()));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.stream(collector.topDocs().scoreDocs)
                .limit(topk)
                .mapToInt(hit -> hit.doc)
                .toArray();
    }

    /** In steps of the index's scale: for ordering within a list, which is all that min-max needs. */
    private float cosine(final int document, final byte[] sentence) {
        try {
            return VectorUtil.dotProduct(sentence, sentences.vectorValue(document));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}

package io.t1.ops.lab;

import io.t1.ops.cli.Progress;
import io.t1.ops.lab.corpus.BeirFolder;
import io.t1.ops.lab.corpus.LabCorpus;
import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.corpus.MethodCorpus;
import io.t1.ops.lab.corpus.SeededHash;
import io.t1.ops.lab.encoding.MiniLmModel;
import io.t1.ops.lab.search.FusionWeights;
import io.t1.ops.lab.search.IndexCache;
import io.t1.ops.lab.search.LabIndex;
import io.t1.ops.lab.search.SearchNode;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A corpus, its index, and search nodes with fusion weights fitted on the training half of the queries.
 *
 * <p>Threading: any; the nodes it gives, one thread each. Who opens it closes it, after its nodes.
 */
public final class SearchLab implements AutoCloseable {
    /** Training queries that fusion weights are fitted on, at most. */
    static final int FIT_QUERIES = 500;

    private final LabContext context;
    private final LabCorpus corpus;
    private final LabIndex index;
    private final FusionWeights weights;

    private SearchLab(
            final LabContext context, final LabCorpus corpus, final LabIndex index, final FusionWeights weights) {
        this.context = context;
        this.corpus = corpus;
        this.index = index;
        this.weights = weights;
    }

    /**
     * Reads the corpus, opens its index or makes it, and fits the fusion weights.
     *
     * @throws io.t1.ops.BadInputException if the corpus isn't there or is wrong.
     */
    public static SearchLab open(final LabContext context, final Progress progress) {
        context.conclude();
        final LabCorpus corpus = corpus(context, progress);
        final Path folder = context.cache().resolve("lab");
        final LabIndex index = new IndexCache(folder, MiniLmModel.load(), context.threads()).open(corpus, progress);
        try {
            final List<LabQuery> training = new QuerySplit(context.seed()).training(corpus.queries());
            final List<LabQuery> fitted = training.subList(0, Math.min(FIT_QUERIES, training.size()));
            return new SearchLab(context, corpus, index, SearchNode.fitWeights(index, fitted, progress));
        } catch (final RuntimeException e) {
            index.close();
            throw e;
        }
    }

    private static LabCorpus corpus(final LabContext context, final Progress progress) {
        final Path folder = context.corpus();
        if (folder != null) {
            return sampled(BeirFolder.read(folder), context);
        }
        final MethodCorpus.Sample sample =
                new MethodCorpus.Sample(context.methods(), context.queries(), context.seed());
        return MethodCorpus.read(
                context.sources(), context.cache().resolve("lab"), sample, context.threads(), progress);
    }

    private static LabCorpus sampled(final LabCorpus all, final LabContext context) {
        if (all.queries().size() <= context.queries()) {
            return all;
        }
        final Set<String> chosen = all.queries().stream()
                .map(LabQuery::id)
                .sorted(Comparator.<String>comparingLong(id -> SeededHash.of(context.seed(), id))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(context.queries())
                .collect(Collectors.toSet());
        final List<LabQuery> queries = all.queries().stream()
                .filter(query -> chosen.contains(query.id()))
                .toList();
        return new LabCorpus(all.name(), all.kind(), all.documents(), queries);
    }

    /** A node of its own for a thread. Its caller closes it. */
    public SearchNode newNode() {
        return new SearchNode(index, weights);
    }

    public LabContext context() {
        return context;
    }

    public LabCorpus corpus() {
        return corpus;
    }

    public FusionWeights weights() {
        return weights;
    }

    /** The queries that anything may be fitted on. */
    public List<LabQuery> trainingQueries() {
        return new QuerySplit(context.seed()).training(corpus.queries());
    }

    /** The queries that nothing has seen. */
    public List<LabQuery> testQueries() {
        return new QuerySplit(context.seed()).test(corpus.queries());
    }

    @Override
    public void close() {
        index.close();
    }
}

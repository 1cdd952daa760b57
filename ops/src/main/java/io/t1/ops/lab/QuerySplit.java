package io.t1.ops.lab;

import io.t1.ops.lab.corpus.LabQuery;
import io.t1.ops.lab.corpus.SeededHash;
import java.util.List;

/**
 * Halves queries by a hash of their id: what is fitted is fitted on the training half, what is claimed is measured on the
 * other. A query's half depends on its id and the seed alone.
 */
public record QuerySplit(long seed) {
    /** Whether a query is in the training half. */
    public boolean isTraining(final String queryId) {
        return SeededHash.unit(seed, "split:" + queryId) < 0.5;
    }

    /** The training half, in order. */
    public List<LabQuery> training(final List<LabQuery> queries) {
        return queries.stream().filter(query -> isTraining(query.id())).toList();
    }

    /** The other half, in order. */
    public List<LabQuery> test(final List<LabQuery> queries) {
        return queries.stream().filter(query -> !isTraining(query.id())).toList();
    }
}

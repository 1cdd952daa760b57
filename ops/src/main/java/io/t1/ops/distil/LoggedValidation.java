package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.gate.ValidationQueries;
import io.t1.ops.observation.LoggedQueries;
import io.t1.ops.observation.LoggedQuery;

/**
 * A log of one arm a query, as queries to set a gate on: by doubly robust scores, as {@code t1 distil} learns from one.
 *
 * <p>Threading: any; models are trained on as many threads as there are processors, and don't depend on their number.
 */
public final class LoggedValidation {
    private static final int FOLDS = 5;
    private static final long SEED = 1;

    private LoggedValidation() {}

    /**
     * Scores a log. The same log gives the same scores.
     *
     * @throws io.t1.ops.BadInputException if there are too few queries, or FULL costs nothing over SKIP.
     */
    public static ValidationQueries of(final LoggedQueries log, final Progress progress) {
        final Folds folds =
                Folds.of(log.queries().stream().map(LoggedQuery::queryId).toList(), FOLDS, SEED);
        final LoggedEvidence evidence = LoggedEvidence.of(log, folds, SEED, progress);
        final TrainingSet all = evidence.all();
        Distiller.requireSense(all);
        return new ValidationQueries(
                all.featureNames(),
                all.rows(),
                all.measured(),
                fold -> evidence.without(fold, fold).measured(),
                folds.of(),
                folds.count());
    }
}

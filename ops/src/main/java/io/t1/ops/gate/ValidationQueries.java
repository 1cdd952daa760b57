package io.t1.ops.gate;

import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * Queries to set a gate on.
 *
 * @param featureNames of the columns of {@code rows}.
 * @param rows {@code [query][feature]}, NaN where missing.
 * @param measured what each arm gave and cost, to judge by; of a log scores from models that hadn't seen the query's fold.
 * @param unseen the same of all queries by the fold that is judged, to choose by: of a log scores from models that had seen
 *     neither the query's fold nor that one.
 * @param fold of each query, 0 to {@code folds - 1}.
 * @param folds how many.
 */
public record ValidationQueries(
        List<String> featureNames,
        float[][] rows,
        MeasuredArms measured,
        IntFunction<MeasuredArms> unseen,
        int[] fold,
        int folds) {
    private static final int FOLDS = 5;

    /** Queries measured under every arm, dealt into five folds in turn. */
    public static ValidationQueries of(final MeasuredQueries queries) {
        final MeasuredArms measured = MeasuredArms.of(queries);
        return new ValidationQueries(
                queries.featureNames(),
                queries.queries().stream().map(MeasuredQuery::features).toArray(float[][]::new),
                measured,
                fold -> measured,
                IntStream.range(0, measured.size()).map(q -> q % FOLDS).toArray(),
                FOLDS);
    }

    /** The arm of each query under bars that were chosen without its fold. */
    byte[] crossFittedArms(final Budget budget, final ClaimedArms claimed) {
        return ThresholdChoice.crossFittedArms(budget, claimed, unseen, fold, folds);
    }
}

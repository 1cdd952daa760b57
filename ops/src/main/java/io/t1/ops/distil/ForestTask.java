package io.t1.ops.distil;

import java.io.Serializable;
import java.util.Map;

/**
 * A forest to grow on each half of the queries.
 *
 * @param expectation what it is asked.
 * @param parameters of XGBoost.
 * @param rounds trees.
 * @param most what happened is cut to it; infinite where nothing is cut.
 */
public record ForestTask(Expectation expectation, Map<String, Object> parameters, int rounds, double most)
        implements Serializable {
    public ForestTask {
        parameters = Map.copyOf(parameters);
    }

    /**
     * What the forest learns of a query.
     *
     * @param ndcg10 under each arm, by its code.
     * @param latencyMs under each arm.
     */
    public double label(final double[] ndcg10, final double[] latencyMs) {
        return Math.min(most, expectation.of(ndcg10, latencyMs));
    }
}

package io.t1.ops.gate;

import io.t1.codec.Arm;
import io.t1.ops.statistics.BcaBootstrap;
import io.t1.ops.statistics.BcaEstimate;
import io.t1.ops.statistics.Percentiles;
import java.util.Arrays;

/**
 * What a policy gave and cost, as measured.
 *
 * @param name of the policy.
 * @param queries measured.
 * @param ndcg10 mean.
 * @param meanMs mean whole latency.
 * @param p95Ms p95 (nearest rank) of the whole latency.
 * @param share of queries by {@link Arm#code()}.
 */
public record PolicyEvaluation(String name, int queries, double ndcg10, double meanMs, double p95Ms, double[] share) {
    private static final double P95 = 0.95;

    /** Evaluates one policy. */
    public static PolicyEvaluation of(final PolicyOutcomes outcomes) {
        final double[] share = new double[Arm.COUNT];
        for (final byte arm : outcomes.arms()) {
            share[arm]++;
        }
        for (int arm = 0; arm < Arm.COUNT; arm++) {
            share[arm] /= outcomes.size();
        }
        return new PolicyEvaluation(
                outcomes.name(),
                outcomes.size(),
                Arrays.stream(outcomes.ndcg10()).sum() / outcomes.size(),
                Arrays.stream(outcomes.latencyMs()).sum() / outcomes.size(),
                Percentiles.nearestRank(outcomes.latencyMs(), P95),
                share);
    }

    /**
     * nDCG of one policy less another's, paired by query, with its 95 % BCa interval.
     *
     * @throws IllegalArgumentException if they don't have as many queries.
     */
    public static BcaEstimate difference(final PolicyOutcomes candidate, final PolicyOutcomes other) {
        if (candidate.size() != other.size()) {
            throw new IllegalArgumentException(candidate.name() + " has " + candidate.size() + " queries, "
                    + other.name() + " " + other.size() + ": the same queries in the same order are compared");
        }
        final double[] differences = new double[candidate.size()];
        for (int q = 0; q < differences.length; q++) {
            differences[q] = candidate.ndcg10()[q] - other.ndcg10()[q];
        }
        return BcaBootstrap.STANDARD.ofMean(differences);
    }
}

package io.t1.ops.distil;

import io.t1.codec.Arm;
import io.t1.ops.statistics.Percentiles;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a teacher is asked of a query, a forest each; in the order of {@link Expectations}.
 *
 * <p>G rises with {@code entropy} and {@code query_length}, and CHEAP's cost falls with {@code nl_confidence}, so that
 * what is derived from them leans the way the table must.
 */
public enum Expectation {
    /** P(b=1 | x). */
    BENEFIT_CHANCE(BoostedTrees.Objective.CHANCE, 0),
    /** E[nDCG of FULL - nDCG of SKIP | x]. */
    FULL_GAIN(BoostedTrees.Objective.MEAN, 0),
    /** E[nDCG of CHEAP - nDCG of SKIP | x]. */
    CHEAP_GAIN(BoostedTrees.Objective.MEAN, 0),
    /** G(x) = E[nDCG of FULL - nDCG of SKIP | b=1, x]: of queries with a benefit alone. */
    BENEFIT(BoostedTrees.Objective.MEAN, 1),
    /** c(x) = E[latency of FULL - latency of SKIP | x], in ms. */
    FULL_COST(BoostedTrees.Objective.MEAN, 0),
    /** The same for CHEAP. */
    CHEAP_COST(BoostedTrees.Objective.MEAN, -1);

    private final BoostedTrees.Objective objective;
    private final int direction;

    Expectation(final BoostedTrees.Objective objective, final int direction) {
        this.objective = objective;
        this.direction = direction;
    }

    BoostedTrees.Objective objective() {
        return objective;
    }

    /** Per feature: 1 the forest never falls as it rises, -1 it never rises, 0 free. */
    int[] directions(final List<String> featureNames) {
        return featureNames.stream()
                .mapToInt(name -> isDirectedBy(name) ? direction : 0)
                .toArray();
    }

    private boolean isDirectedBy(final String feature) {
        return switch (this) {
            case BENEFIT -> feature.equals("entropy") || feature.equals("query_length");
            case CHEAP_COST -> feature.equals("nl_confidence");
            case BENEFIT_CHANCE, FULL_GAIN, CHEAP_GAIN, FULL_COST -> false;
        };
    }

    /**
     * Whether a query is learnt from.
     *
     * @param ndcg10 under each arm, by its code.
     */
    public boolean learnsFrom(final double[] ndcg10) {
        return this != BENEFIT || ndcg10[Arm.FULL.code()] - ndcg10[Arm.SKIP.code()] > 0;
    }

    /**
     * What happened to one query.
     *
     * @param ndcg10 under each arm, by its code.
     * @param latencyMs under each arm.
     */
    public double of(final double[] ndcg10, final double[] latencyMs) {
        final int skip = Arm.SKIP.code();
        return switch (this) {
            case BENEFIT_CHANCE -> ndcg10[Arm.FULL.code()] - ndcg10[skip] > 0 ? 1 : 0;
            case FULL_GAIN, BENEFIT -> ndcg10[Arm.FULL.code()] - ndcg10[skip];
            case CHEAP_GAIN -> ndcg10[Arm.CHEAP.code()] - ndcg10[skip];
            case FULL_COST -> latencyMs[Arm.FULL.code()] - latencyMs[skip];
            case CHEAP_COST -> latencyMs[Arm.CHEAP.code()] - latencyMs[skip];
        };
    }

    /** The queries that its forest learns from. */
    int[] members(final TrainingSet set) {
        return IntStream.range(0, set.size())
                .filter(q -> learnsFrom(set.measured().ndcg10Of(q)))
                .toArray();
    }

    /** What happened to some queries, uncut. */
    double[] labels(final TrainingSet set, final int[] members) {
        return Arrays.stream(members)
                .mapToDouble(q -> of(set.measured().ndcg10Of(q), set.measured().latencyMsOf(q)))
                .toArray();
    }

    /** What labels are cut to: of costs a high percentile, else infinite. */
    double most(final double[] labels) {
        return isCost() ? Percentiles.nearestRank(labels, TrainingSet.WINSORISED) : Double.POSITIVE_INFINITY;
    }

    /** Whether it is a latency, of which the highest are cut: a pause of the machine says nothing of the query. */
    private boolean isCost() {
        return this == FULL_COST || this == CHEAP_COST;
    }
}

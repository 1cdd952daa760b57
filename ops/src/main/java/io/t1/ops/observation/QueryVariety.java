package io.t1.ops.observation;

import io.t1.codec.Arm;
import java.io.Serializable;
import java.util.List;

/**
 * Whether queries measured under every arm differ in what is learnt from, and in what is learnt. Of parts of the queries
 * it is put together to that of all.
 *
 * @param queries looked at.
 * @param features of the first.
 * @param featuresVary whether another's differ.
 * @param fullGain of the first: ndcg10 under FULL less SKIP.
 * @param cheapGain the same under CHEAP.
 * @param gainsVary whether another's differ.
 * @param costMicros latency under FULL less SKIP, of all queries together.
 */
public record QueryVariety(
        long queries,
        float[] features,
        boolean featuresVary,
        double fullGain,
        double cheapGain,
        boolean gainsVary,
        double costMicros)
        implements Serializable {
    private static final QueryVariety NONE = new QueryVariety(0, new float[0], false, 0, 0, false, 0);

    static QueryVariety of(final List<MeasuredQuery> queries) {
        if (queries.isEmpty()) {
            return NONE;
        }
        final MeasuredQuery first = queries.getFirst();
        final double full = gain(first, Arm.FULL);
        final double cheap = gain(first, Arm.CHEAP);
        return new QueryVariety(
                queries.size(),
                first.features(),
                queries.stream().anyMatch(query -> differ(query.features(), first.features())),
                full,
                cheap,
                queries.stream().anyMatch(query -> gain(query, Arm.FULL) != full || gain(query, Arm.CHEAP) != cheap),
                queries.stream()
                        .mapToDouble(query ->
                                query.latencyMicros()[Arm.FULL.code()] - query.latencyMicros()[Arm.SKIP.code()])
                        .sum());
    }

    /** Of these queries and others. */
    QueryVariety and(final QueryVariety others) {
        if (queries == 0 || others.queries == 0) {
            return queries == 0 ? others : this;
        }
        return new QueryVariety(
                queries + others.queries,
                features,
                featuresVary || others.featuresVary || differ(features, others.features),
                fullGain,
                cheapGain,
                gainsVary || others.gainsVary || fullGain != others.fullGain || cheapGain != others.cheapGain,
                costMicros + others.costMicros);
    }

    double meanCostMicros() {
        return queries == 0 ? 0 : costMicros / queries;
    }

    /** Whether two queries differ in a feature; missing or not is a difference too. */
    static boolean differ(final float[] one, final float[] other) {
        for (int f = 0; f < one.length; f++) {
            if (Float.compare(one[f] + 0f, other[f] + 0f) != 0) {
                return true;
            }
        }
        return false;
    }

    private static double gain(final MeasuredQuery query, final Arm arm) {
        return query.ndcg10()[arm.code()] - query.ndcg10()[Arm.SKIP.code()];
    }
}

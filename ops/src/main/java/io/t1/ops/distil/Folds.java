package io.t1.ops.distil;

import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.observation.MeasuredQuery;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * A seeded partition of queries, even to one query, that depends on ids alone and not on their order.
 *
 * @param of the fold of each query, 0 to {@code count - 1}.
 * @param count folds.
 */
record Folds(int[] of, int count) {
    static Folds of(final MeasuredQueries measured, final int count, final long seed) {
        return of(measured.queries().stream().map(MeasuredQuery::queryId).toList(), count, seed);
    }

    /** The folds of queries by their ids. */
    static Folds of(final List<String> queryIds, final int count, final long seed) {
        final long[] hashes = queryIds.stream().mapToLong(id -> hash(id, seed)).toArray();
        final int[] order = IntStream.range(0, hashes.length)
                .boxed()
                .sorted(Comparator.comparingLong((Integer q) -> hashes[q]).thenComparing(queryIds::get))
                .mapToInt(q -> q)
                .toArray();
        final int[] fold = new int[hashes.length];
        int dealt = -1;
        for (int rank = 0; rank < order.length; rank++) {
            final boolean again = rank > 0 && queryIds.get(order[rank]).equals(queryIds.get(order[rank - 1]));
            dealt += again ? 0 : 1; // a query that was logged twice isn't parted
            fold[order[rank]] = dealt % count;
        }
        return new Folds(fold, count);
    }

    /** The same folds of some queries, in the order of {@code queries}. */
    Folds at(final int[] queries) {
        return new Folds(IntStream.of(queries).map(q -> of[q]).toArray(), count);
    }

    /** Folds in turn, of queries whose order says nothing of them. */
    static Folds inTurn(final int queries, final int count) {
        return new Folds(IntStream.range(0, queries).map(q -> q % count).toArray(), count);
    }

    /** The queries whose fold passes, in order. */
    int[] where(final IntPredicate fold) {
        return IntStream.range(0, of.length).filter(q -> fold.test(of[q])).toArray();
    }

    private static long hash(final String id, final long seed) {
        long h = seed ^ 0x9E3779B97F4A7C15L;
        for (int i = 0; i < id.length(); i++) {
            h = (h ^ id.charAt(i)) * 0xD6E8FEB86659FD93L;
            h ^= h >>> 32;
        }
        return h;
    }
}

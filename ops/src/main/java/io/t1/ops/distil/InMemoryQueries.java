package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import io.t1.ops.observation.MeasuredQueries;
import io.t1.ops.statistics.AscendingOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongPredicate;
import java.util.stream.IntStream;

/**
 * Queries in this process. Each half's matrix is made and quantised once for all of its forests, which are grown one after
 * the other on a thread of their own: so sums have one order, whatever the machine.
 */
final class InMemoryQueries implements ObservedQueries {
    private final MeasuredQueries queries;
    private final TrainingSet set;

    InMemoryQueries(final MeasuredQueries queries) {
        this.queries = queries;
        set = TrainingSet.of(queries);
    }

    @Override
    public List<String> featureNames() {
        return queries.featureNames();
    }

    @Override
    public long size() {
        return set.size();
    }

    @Override
    public MeasuredQueries heldOut(final HashSplit split) {
        return inOrder(hashes(split), split::isHeldOut);
    }

    @Override
    public MeasuredQueries pupils(final HashSplit split) {
        return inOrder(hashes(split), split::isPupil);
    }

    private MeasuredQueries inOrder(final long[] hashes, final LongPredicate wanted) {
        final int[] some = IntStream.range(0, hashes.length)
                .filter(q -> wanted.test(hashes[q]))
                .toArray();
        final int[] order =
                AscendingOrder.of(Arrays.stream(some).mapToLong(q -> hashes[q]).toArray());
        final int[] places = Arrays.stream(order).map(i -> some[i]).toArray();
        int begin = 0;
        for (int end = 1; end <= places.length; end++) {
            if (end == places.length || hashes[places[end]] != hashes[places[begin]]) {
                if (end - begin > 1) {
                    sortById(places, begin, end);
                }
                begin = end;
            }
        }
        return queries.at(places);
    }

    /** Queries of one hash: wherever they lie, they come in the same order. */
    private void sortById(final int[] places, final int begin, final int end) {
        final int[] sorted = Arrays.stream(places, begin, end)
                .boxed()
                .sorted(Comparator.comparing(q -> queries.queries().get(q).queryId()))
                .mapToInt(q -> q)
                .toArray();
        System.arraycopy(sorted, 0, places, begin, sorted.length);
    }

    private long[] hashes(final HashSplit split) {
        return IntStream.range(0, set.size())
                .parallel()
                .mapToLong(q -> split.hash(queries.queries().get(q).queryId()))
                .toArray();
    }

    @Override
    public List<List<byte[]>> grow(
            final HashSplit split,
            final List<FeatureGrid> grids,
            final List<ForestTask> tasks,
            final Progress progress) {
        final long[] hashes = hashes(split);
        final AtomicInteger grown = new AtomicInteger();
        return IntStream.range(0, 2)
                .parallel()
                .mapToObj(half -> {
                    final int[] members = IntStream.range(0, hashes.length)
                            .filter(q -> split.half(hashes[q]) == half && !split.isHeldOut(hashes[q]))
                            .toArray();
                    return grow(
                            members,
                            grids,
                            tasks,
                            () -> progress.report("training the teacher", grown.incrementAndGet(), 2L * tasks.size()));
                })
                .toList();
    }

    private List<byte[]> grow(
            final int[] members, final List<FeatureGrid> grids, final List<ForestTask> tasks, final Runnable grown) {
        final byte[][] models = new byte[tasks.size()][];
        try (PlacedMatrix whole = PlacedMatrix.of(grids, set.rows(), members)) {
            for (int t = 0; t < models.length; t++) {
                final ForestTask task = tasks.get(t);
                final int[] learnt = Arrays.stream(members)
                        .filter(q ->
                                task.expectation().learnsFrom(set.measured().ndcg10Of(q)))
                        .toArray();
                if (learnt.length == members.length) {
                    models[t] = whole.grow(task, labels(task, learnt));
                } else {
                    try (PlacedMatrix part = PlacedMatrix.of(grids, set.rows(), learnt)) {
                        models[t] = part.grow(task, labels(task, learnt));
                    }
                }
                grown.run();
            }
        }
        return new ArrayList<>(Arrays.asList(models));
    }

    private float[] labels(final ForestTask task, final int[] members) {
        final float[] labels = new float[members.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = (float) task.label(
                    set.measured().ndcg10Of(members[i]), set.measured().latencyMsOf(members[i]));
        }
        return labels;
    }
}

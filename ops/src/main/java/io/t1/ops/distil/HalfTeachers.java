package io.t1.ops.distil;

import io.t1.ops.cli.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two teachers, each grown on one half of the queries that aren't held out. Of a query of one half the other's is asked;
 * of a query that neither saw, both, and the mean taken.
 *
 * <p>How many rounds help is found on some of the pupils, since growing a forest twice would take twice the time. Closed
 * by whoever grew them.
 */
final class HalfTeachers implements AutoCloseable {
    private final List<FeatureGrid> grids;
    private final List<Teacher> halves;

    private HalfTeachers(final List<FeatureGrid> grids, final List<Teacher> halves) {
        this.grids = grids;
        this.halves = halves;
    }

    /**
     * Grows both.
     *
     * @param pupils in order of hash.
     */
    static HalfTeachers grow(
            final ObservedQueries queries,
            final HashSplit split,
            final TrainingSet pupils,
            final ForestSettings settings,
            final Progress progress) {
        final List<FeatureGrid> grids = pupils.grids();
        final TrainingSet first = pupils.first(ForestGrowth.JUDGES_OF_ROUNDS);
        final float[][] placed = FeatureGrid.placed(grids, first.rows());
        final List<ForestTask> tasks = Arrays.stream(Expectation.values())
                .parallel()
                .map(expectation -> task(expectation, settings, first, placed, split.seed() + expectation.ordinal()))
                .toList();
        final List<List<byte[]>> grown = queries.grow(
                split, grids, tasks.stream().filter(task -> task.rounds() > 0).toList(), progress);
        return new HalfTeachers(
                grids, grown.stream().map(half -> teacher(tasks, half, first)).toList());
    }

    private static ForestTask task(
            final Expectation expectation,
            final ForestSettings settings,
            final TrainingSet set,
            final float[][] placed,
            final long seed) {
        final int[] members = expectation.members(set);
        final double[] labels = expectation.labels(set, members);
        final double most = expectation.most(labels);
        final ForestGrowth growth = ForestGrowth.of(
                        expectation.objective(), settings, expectation.directions(set.featureNames()), seed)
                .wherever();
        final int rounds = growth.roundsThatHelp(
                Arrays.stream(members).mapToObj(q -> placed[q]).toArray(float[][]::new),
                Arrays.stream(labels).map(label -> Math.min(label, most)).toArray());
        return new ForestTask(expectation, growth.parameters(), rounds, most);
    }

    /** Where nothing could be learnt, a forest is the mean of what happened. */
    private static Teacher teacher(final List<ForestTask> tasks, final List<byte[]> grown, final TrainingSet set) {
        final Iterator<byte[]> models = grown.iterator();
        final List<BoostedTrees> forests = new ArrayList<>();
        for (final ForestTask task : tasks) {
            final Expectation expectation = task.expectation();
            forests.add(
                    task.rounds() > 0
                            ? BoostedTrees.ofModel(models.next())
                            : BoostedTrees.constant(Arrays.stream(expectation.labels(set, expectation.members(set)))
                                    .average()
                                    .orElse(0)));
        }
        return Teacher.of(forests);
    }

    /**
     * Of queries that were learnt from, by the teacher that didn't see them.
     *
     * @param half of each query.
     */
    Expectations ofPupils(final float[][] rows, final int[] half) {
        final float[][] placed = FeatureGrid.placed(grids, rows);
        final Expectations all = Expectations.ofSize(rows.length);
        final List<int[]> members = IntStream.range(0, halves.size())
                .mapToObj(h -> IntStream.range(0, half.length)
                        .filter(q -> half[q] == h)
                        .toArray())
                .toList();
        final List<Expectations> said = IntStream.range(0, halves.size())
                .parallel()
                .mapToObj(h -> halves.get(1 - h)
                        .expect(Arrays.stream(members.get(h))
                                .mapToObj(q -> placed[q])
                                .toArray(float[][]::new)))
                .toList();
        for (int h = 0; h < said.size(); h++) {
            all.put(members.get(h), said.get(h));
        }
        return all;
    }

    /** Of queries that neither saw. */
    Expectations ofUnseen(final float[][] rows) {
        final float[][] placed = FeatureGrid.placed(grids, rows);
        final List<Expectations> said =
                halves.parallelStream().map(teacher -> teacher.expect(placed)).toList();
        return said.getFirst().meanWith(said.getLast());
    }

    @Override
    public void close() {
        halves.forEach(Teacher::close);
    }
}

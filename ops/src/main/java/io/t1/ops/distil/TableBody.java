package io.t1.ops.distil;

import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What a table says by codes.
 *
 * @param outputs in the table's order.
 * @param pairs none or more.
 * @param unrounded the shapes of the outputs as they were fitted; empty when nobody asks for them.
 */
record TableBody(List<OutputSpec> outputs, List<PairSpec> pairs, List<AdditiveModel> unrounded) {
    /** Times that grids and shapes are fitted in turn, each to what the others leave. */
    private static final int ROUNDS = 3;

    /** Of which nobody asks what it was before rounding. */
    TableBody(final List<OutputSpec> outputs, final List<PairSpec> pairs) {
        this(outputs, pairs, List.of());
    }

    /**
     * Gives pairs to the outputs that keep no direction, {@code score} and {@code expected_gain}; in the grids of the
     * others all is 0, so that what was monotone stays so. Chosen for {@code score}, which is held against the bars.
     *
     * @param codes {@code [query][feature]}.
     * @param wanted {@code [output][query]}.
     * @param left what the additive fits leave of it, the same.
     * @param variances of {@code wanted}.
     * @param directions {@code [output][feature]}, of {@link Directions}.
     * @param smoothing of the additive fits, one an output.
     * @param most pairs at most.
     * @return this when no pair explains enough.
     */
    TableBody withPairs(
            final byte[][] codes,
            final double[][] wanted,
            final double[][] left,
            final double[] variances,
            final double[] weights,
            final int[][] directions,
            final double[] smoothing,
            final int most) {
        final int[] free = {OutputName.SCORE.ordinal(), OutputName.EXPECTED_GAIN.ordinal()};
        final int score = OutputName.SCORE.ordinal();
        final List<PairFit.Pair> chosen = PairFit.choose(codes, left[score], variances[score], weights, most);
        if (chosen.isEmpty()) {
            return this;
        }
        final List<OutputSpec> refitted = new ArrayList<>(outputs);
        final List<AdditiveModel> beside = new ArrayList<>(unrounded);
        final byte[][][] grids = new byte[chosen.size()][outputs.size()][PairSpec.LINES * PairSpec.LINES];
        final PairGram gram = PairGram.of(codes, chosen, weights);
        final double[][][] first =
                Arrays.stream(free).parallel().mapToObj(o -> gram.fit(left[o])).toArray(double[][][]::new);
        final List<HatGram> normals = HatGram.of(
                codes,
                weights,
                IntStream.range(0, free.length)
                        .mapToObj(i -> minus(wanted[free[i]], PairFit.at(codes, chosen, first[i])))
                        .toList());
        final List<Beside> fitted = IntStream.range(0, free.length)
                .parallel()
                .mapToObj(i -> beside(
                        gram, normals.get(i), first[i], wanted[free[i]], directions[free[i]], smoothing[free[i]]))
                .toList();
        for (int i = 0; i < free.length; i++) {
            final int o = free[i];
            final Beside found = fitted.get(i);
            final OutputSpec was = outputs.get(o);
            final OutputSpec output = Int8Rounding.round(
                    was.name(),
                    found.model(),
                    found.normal(),
                    directions[o],
                    was.lo(),
                    was.hi(),
                    Int8Rounding.stepFor(found.grids()));
            refitted.set(o, output);
            if (!beside.isEmpty()) {
                beside.set(o, found.model());
            }
            for (int p = 0; p < grids.length; p++) {
                grids[p][o] = Int8Rounding.rounded(found.grids()[p], output.scale());
            }
        }
        final List<PairSpec> pairs = new ArrayList<>();
        for (int p = 0; p < grids.length; p++) {
            pairs.add(new PairSpec(chosen.get(p).first(), chosen.get(p).second(), grids[p]));
        }
        return new TableBody(List.copyOf(refitted), List.copyOf(pairs), List.copyOf(beside));
    }

    /** Grids of pairs, and the shapes that were fitted beside them to the normal equations of what the grids leave. */
    private record Beside(double[][] grids, HatGram normal, AdditiveModel model) {}

    private static Beside beside(
            final PairGram gram,
            final HatGram first,
            final double[][] grids,
            final double[] wanted,
            final int[] directions,
            final double smoothing) {
        final byte[][] codes = gram.codes();
        double[][] values = grids;
        HatGram normal = first;
        AdditiveModel model = AdditiveFit.fit(normal, directions, smoothing);
        for (int round = 1; round < ROUNDS; round++) {
            values = gram.fit(minus(wanted, model.at(codes)));
            normal = normal.to(codes, minus(wanted, PairFit.at(codes, gram.pairs(), values)), gram.weights());
            model = AdditiveFit.fit(normal, directions, smoothing);
        }
        return new Beside(values, normal, model);
    }

    private static double[] minus(final double[] values, final double[] less) {
        final double[] rest = new double[values.length];
        for (int q = 0; q < rest.length; q++) {
            rest[q] = values[q] - less[q];
        }
        return rest;
    }
}

package io.t1.ops.distil;

import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import java.util.ArrayList;
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

    private static final List<OutputName> PAIRED =
            List.of(OutputName.SCORE, OutputName.EXPECTED_GAIN, OutputName.SPEND_CAP_MS, OutputName.TAU);
    private static final List<OutputName> CHOSEN_FOR = List.of(OutputName.SCORE, OutputName.SPEND_CAP_MS);

    /** Of which nobody asks what it was before rounding. */
    TableBody(final List<OutputSpec> outputs, final List<PairSpec> pairs) {
        this(outputs, pairs, List.of());
    }

    /**
     * Gives pairs to all outputs but {@code min_conf_gain}, which shapes alone give. An output takes those whose features it
     * keeps no direction in; in the grids of the others all is 0, so that what was monotone stays so. Chosen for {@code score},
     * which is held against the bars, and for {@code spend_cap_ms}, which tells FULL from CHEAP.
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
        final List<PairFit.Target> targets = IntStream.range(0, left.length)
                .mapToObj(o -> new PairFit.Target(left[o], variances[o], directions[o]))
                .toList();
        final List<PairFit.Pair> chosen = PairFit.choose(
                codes,
                CHOSEN_FOR.stream().map(name -> targets.get(name.ordinal())).toList(),
                weights,
                most);
        final List<OutputName> paired = PAIRED.stream()
                .filter(name -> !targets.get(name.ordinal()).taken(chosen).isEmpty())
                .toList();
        if (paired.isEmpty()) {
            return this;
        }
        final PairGram all = PairGram.of(codes, chosen, weights);
        final List<PairGram> grams = paired.stream()
                .map(name -> all.only(targets.get(name.ordinal()).taken(chosen)))
                .toList();
        final double[][][] first = IntStream.range(0, paired.size())
                .parallel()
                .mapToObj(i -> grams.get(i).fit(left[paired.get(i).ordinal()]))
                .toArray(double[][][]::new);
        final List<HatGram> normals = HatGram.of(
                codes,
                weights,
                IntStream.range(0, first.length)
                        .mapToObj(i -> minus(
                                wanted[paired.get(i).ordinal()],
                                PairFit.at(codes, grams.get(i).pairs(), first[i])))
                        .toList());
        final List<Beside> fitted = IntStream.range(0, first.length)
                .parallel()
                .mapToObj(i -> {
                    final int o = paired.get(i).ordinal();
                    return beside(grams.get(i), normals.get(i), first[i], wanted[o], directions[o], smoothing[o]);
                })
                .toList();
        final byte[][][] grids = new byte[chosen.size()][outputs.size()][PairSpec.LINES * PairSpec.LINES];
        final List<OutputSpec> refitted = new ArrayList<>(outputs);
        final List<AdditiveModel> shapes = new ArrayList<>(unrounded);
        for (int i = 0; i < fitted.size(); i++) {
            final int o = paired.get(i).ordinal();
            final OutputSpec output = fitted.get(i).rounded(outputs.get(o), directions[o]);
            refitted.set(o, output);
            if (!shapes.isEmpty()) {
                shapes.set(o, fitted.get(i).model());
            }
            final List<PairFit.Pair> own = grams.get(i).pairs();
            for (int p = 0; p < own.size(); p++) {
                grids[chosen.indexOf(own.get(p))][o] =
                        Int8Rounding.rounded(fitted.get(i).grids()[p], output.scale());
            }
        }
        return new TableBody(List.copyOf(refitted), specs(chosen, grids), List.copyOf(shapes));
    }

    private static List<PairSpec> specs(final List<PairFit.Pair> chosen, final byte[][][] grids) {
        final List<PairSpec> pairs = new ArrayList<>();
        for (int p = 0; p < grids.length; p++) {
            pairs.add(new PairSpec(chosen.get(p).first(), chosen.get(p).second(), grids[p]));
        }
        return List.copyOf(pairs);
    }

    /** Grids of pairs, and the shapes that were fitted beside them to the normal equations of what the grids leave. */
    private record Beside(double[][] grids, HatGram normal, AdditiveModel model) {
        /** The shapes in INT8, with a step at which the grids fit too. */
        OutputSpec rounded(final OutputSpec was, final int[] directions) {
            return Int8Rounding.round(
                    was.name(), model, normal, directions, was.lo(), was.hi(), Int8Rounding.stepFor(grids));
        }
    }

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

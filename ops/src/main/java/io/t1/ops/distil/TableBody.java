package io.t1.ops.distil;

import io.t1.router.artifact.OutputName;
import io.t1.router.artifact.OutputSpec;
import io.t1.router.artifact.PairSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What a table says by codes.
 *
 * @param outputs in the table's order.
 * @param pairs none or more.
 */
record TableBody(List<OutputSpec> outputs, List<PairSpec> pairs) {
    /**
     * Gives pairs to the outputs that keep no direction, {@code score} and {@code expected_gain}; in the grids of the
     * others all is 0, so that what was monotone stays so.
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
        final List<PairFit.Pair> chosen = PairFit.choose(
                codes,
                new double[][] {left[free[0]], left[free[1]]},
                new double[] {variances[free[0]], variances[free[1]]},
                weights,
                most);
        if (chosen.isEmpty()) {
            return this;
        }
        final List<OutputSpec> refitted = new ArrayList<>(outputs);
        final byte[][][] grids = new byte[chosen.size()][outputs.size()][PairSpec.LINES * PairSpec.LINES];
        for (final int o : free) {
            final double[][] values = PairFit.fit(codes, chosen, left[o], weights);
            final double[] paired = PairFit.at(codes, chosen, values);
            final double[] rest = new double[paired.length];
            for (int q = 0; q < rest.length; q++) {
                rest[q] = wanted[o][q] - paired[q];
            }
            final HatGram normal = HatGram.of(codes, rest, weights);
            final AdditiveModel model = AdditiveFit.fit(normal, directions[o], smoothing[o]);
            final OutputSpec was = outputs.get(o);
            final OutputSpec output = Int8Rounding.round(
                    was.name(), model, normal, directions[o], was.lo(), was.hi(), Int8Rounding.stepFor(values));
            refitted.set(o, output);
            for (int p = 0; p < grids.length; p++) {
                grids[p][o] = Int8Rounding.rounded(values[p], output.scale());
            }
        }
        final List<PairSpec> pairs = new ArrayList<>();
        for (int p = 0; p < grids.length; p++) {
            pairs.add(new PairSpec(chosen.get(p).first(), chosen.get(p).second(), grids[p]));
        }
        return new TableBody(List.copyOf(refitted), List.copyOf(pairs));
    }
}

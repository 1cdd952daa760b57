package io.t1.ops.distil;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Where smooth shapes jump, and grids with places right before and after. An output's jump near another's clearer one on the
 * same feature is taken to be there too: knots are few, and shared by all outputs.
 *
 * @param grids a feature each.
 * @param at the places before jumps, {@code [output][feature]}.
 */
record GridJumps(List<FeatureGrid> grids, int[][][] at) {
    /** Places that jumps of a feature are apart at least. */
    private static final int APART = 3;

    /** None at all. */
    static GridJumps none(final List<FeatureGrid> grids, final int outputs) {
        return new GridJumps(grids, new int[outputs][grids.size()][0]);
    }

    private record Found(int output, ShapeJumps.Jump jump) {}

    /**
     * Of shapes that were fitted without any.
     *
     * @param rows {@code [query][feature]}.
     * @param targets {@code [output][query]}.
     * @param weights one a query.
     * @param directions {@code [output][feature]}, of {@link Directions}.
     */
    static GridJumps of(
            final AdditiveShapes smooth,
            final float[][] rows,
            final double[][] targets,
            final double[] weights,
            final int[][] directions) {
        if (!ShapeJumps.mayCount(rows.length)) {
            return none(smooth.grids(), targets.length);
        }
        final double[] variances = PlacedKnots.variances(targets);
        final double[][] said = smooth.at(rows);
        final double[][] left = new double[targets.length][rows.length];
        for (int o = 0; o < left.length; o++) {
            for (int q = 0; q < rows.length; q++) {
                left[o][q] = targets[o][q] - said[o][q];
            }
        }
        final GridJumps jumps = none(new ArrayList<>(smooth.grids()), targets.length);
        IntStream.range(0, smooth.grids().size())
                .parallel()
                .mapToObj(f -> of(f, smooth, rows, left, weights, variances, directions))
                .toList()
                .forEach(ofFeature -> ofFeature.addTo(jumps));
        return jumps;
    }

    /** One feature's. */
    private record OfFeature(int feature, FeatureGrid grid, int[][] at) {
        void addTo(final GridJumps jumps) {
            jumps.grids.set(feature, grid);
            for (int o = 0; o < at.length; o++) {
                jumps.at[o][feature] = at[o];
            }
        }
    }

    private static OfFeature of(
            final int f,
            final AdditiveShapes smooth,
            final float[][] rows,
            final double[][] left,
            final double[] weights,
            final double[] variances,
            final int[][] directions) {
        FeatureGrid grid = smooth.grids().get(f);
        final int[][] at = new int[left.length][0];
        if (grid.places().length < FeatureGrid.MOST) {
            return new OfFeature(f, grid, at); // each value has a place, and hardly anything is smoothed
        }
        final float[] column = new float[rows.length];
        final int[] places = new int[rows.length];
        for (int q = 0; q < column.length; q++) {
            column[q] = rows[q][f];
            places[q] = grid.nearest(column[q]);
        }
        final List<Found> all = new ArrayList<>();
        for (int o = 0; o < left.length; o++) {
            for (final ShapeJumps.Jump jump :
                    ShapeJumps.find(smooth.values()[o][f], places, left[o], weights, variances[o], directions[o][f])) {
                all.add(new Found(o, jump));
            }
        }
        all.sort(Comparator.comparingDouble((Found found) -> -found.jump().errors())
                .thenComparingInt(Found::output));
        final List<Integer> taken = new ArrayList<>();
        for (final Found found : all) {
            final int gap = found.jump().gap();
            int near = -1;
            for (final int other : taken) {
                near = Math.abs(other - gap) < APART ? other : near;
            }
            if (near < 0 && taken.size() < ShapeJumps.MOST) {
                final double[] shape = smooth.values()[found.output()][f];
                final double[] ofOutput = left[found.output()];
                final double[] target = new double[ofOutput.length];
                for (int q = 0; q < target.length; q++) {
                    target[q] = ofOutput[q] + shape[places[q]];
                }
                grid = ShapeJumps.moved(grid, found.jump(), column, target);
                taken.add(gap);
                near = gap;
            }
            if (near >= 0) {
                at[found.output()] = with(at[found.output()], near);
            }
        }
        return new OfFeature(f, grid, at);
    }

    private static int[] with(final int[] gaps, final int gap) {
        return IntStream.concat(IntStream.of(gaps), IntStream.of(gap))
                .distinct()
                .sorted()
                .toArray();
    }

    /** Whether no output jumps anywhere. */
    boolean isEmpty() {
        for (final int[][] ofOutput : at) {
            for (final int[] ofFeature : ofOutput) {
                if (ofFeature.length > 0) {
                    return false;
                }
            }
        }
        return true;
    }
}

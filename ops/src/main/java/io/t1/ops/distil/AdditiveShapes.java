package io.t1.ops.distil;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A sum of one free shape a feature for each output, on the features' grids: what an additive table could say if it had
 * 256 knots.
 *
 * <p>By backfitting (Buja, Hastie and Tibshirani 1989): each shape in turn is the smoothed mean of what the others leave.
 *
 * @param grids a feature each.
 * @param intercepts an output each.
 * @param values {@code [output][feature][place]}, each shape's weighted mean being 0.
 */
record AdditiveShapes(List<FeatureGrid> grids, double[] intercepts, double[][][] values) implements OutputModel {
    /** Queries that a smooth reaches over to either side: enough to tell a shape from noise. */
    private static final double REACH = 150;

    private static final int MOST_SWEEPS = 20;
    private static final double CHANGE_THAT_COUNTS = 1e-4;

    /**
     * Fits smooth shapes, and where these jump once more with a jump allowed there.
     *
     * @param rows {@code [query][feature]}.
     * @param targets {@code [output][query]}.
     * @param weights one a query.
     * @param directions {@code [output][feature]}, of {@link Directions}.
     */
    static AdditiveShapes fit(
            final List<FeatureGrid> grids,
            final float[][] rows,
            final double[][] targets,
            final double[] weights,
            final int[][] directions) {
        final AdditiveShapes smooth = fit(GridJumps.none(grids, targets.length), rows, targets, weights, directions);
        final GridJumps jumps = GridJumps.of(smooth, rows, targets, weights, directions);
        return jumps.isEmpty() ? smooth : fit(jumps, rows, targets, weights, directions);
    }

    private static AdditiveShapes fit(
            final GridJumps jumps,
            final float[][] rows,
            final double[][] targets,
            final double[] weights,
            final int[][] directions) {
        final List<FeatureGrid> grids = jumps.grids();
        final int[][] places = places(grids, rows);
        final double[] intercepts = new double[targets.length];
        final double[][][] values = new double[targets.length][][];
        IntStream.range(0, targets.length).parallel().forEach(o -> {
            intercepts[o] = mean(targets[o], weights);
            values[o] = backfit(jumps, o, places, targets[o], weights, directions[o], intercepts[o]);
        });
        return new AdditiveShapes(grids, intercepts, values);
    }

    private static double[][] backfit(
            final GridJumps jumps,
            final int output,
            final int[][] places,
            final double[] target,
            final double[] weights,
            final int[] directions,
            final double intercept) {
        final int features = places.length;
        final int n = target.length;
        final double[][] shapes = new double[features][];
        for (int f = 0; f < features; f++) {
            shapes[f] = new double[jumps.grids().get(f).places().length];
        }
        final double[][] masses = new double[features][];
        for (int f = 0; f < features; f++) {
            masses[f] = masses(places[f], weights, shapes[f].length);
        }
        double total = 0;
        for (int q = 0; q < n; q++) {
            total += weights[q];
        }
        final double[] left = new double[n];
        double spread = 0;
        for (int q = 0; q < n; q++) {
            left[q] = target[q] - intercept;
            spread = Math.max(spread, Math.abs(left[q]));
        }
        for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
            double change = 0;
            for (int f = 0; f < features; f++) {
                final int[] jumping = jumps.at()[output][f];
                change = Math.max(
                        change, refine(shapes[f], places[f], left, weights, masses[f], total, directions[f], jumping));
            }
            if (change <= CHANGE_THAT_COUNTS * spread) {
                break;
            }
        }
        return shapes;
    }

    private static double[] masses(final int[] places, final double[] weights, final int count) {
        final double[] masses = new double[count];
        for (int q = 0; q < places.length; q++) {
            masses[places[q]] += weights[q];
        }
        return masses;
    }

    /**
     * Fits one shape to what the others leave, and returns the greatest change of it.
     *
     * @param mass of the queries at each place.
     * @param total of all.
     */
    private static double refine(
            final double[] shape,
            final int[] places,
            final double[] left,
            final double[] weights,
            final double[] mass,
            final double total,
            final int direction,
            final int[] jumps) {
        final double[] means = new double[shape.length];
        for (int q = 0; q < places.length; q++) {
            means[places[q]] += weights[q] * left[q];
        }
        for (int i = 0; i < shape.length; i++) {
            means[i] = mass[i] > 0 ? means[i] / mass[i] + shape[i] : shape[i];
        }
        final double[] smooth =
                GridSmoother.smooth(means, mass, reach(shape.length, places.length, direction), direction, jumps);
        double centre = 0;
        for (int i = 0; i < shape.length; i++) {
            centre += mass[i] * smooth[i] / total;
        }
        double change = 0;
        final double[] by = new double[shape.length];
        for (int i = 0; i < shape.length; i++) {
            by[i] = smooth[i] - centre - shape[i];
            shape[i] += by[i];
            change = Math.max(change, Math.abs(by[i]));
        }
        for (int q = 0; q < places.length; q++) {
            left[q] -= by[places[q]];
        }
        return change;
    }

    /** Places to either side; none between categories. */
    private static double reach(final int places, final int queries, final int direction) {
        return direction == Directions.UNORDERED ? 0 : REACH * places / queries;
    }

    private static double mean(final double[] target, final double[] weights) {
        double sum = 0;
        double total = 0;
        for (int q = 0; q < target.length; q++) {
            sum += weights[q] * target[q];
            total += weights[q];
        }
        return sum / total;
    }

    private static int[][] places(final List<FeatureGrid> grids, final float[][] rows) {
        final int[][] places = new int[grids.size()][rows.length];
        IntStream.range(0, places.length).parallel().forEach(f -> {
            final FeatureGrid grid = grids.get(f);
            for (int q = 0; q < rows.length; q++) {
                places[f][q] = grid.nearest(rows[q][f]);
            }
        });
        return places;
    }

    @Override
    public double[][] at(final float[][] rows) {
        final int[][] places = places(grids, rows);
        final double[][] outputs = new double[intercepts.length][rows.length];
        IntStream.range(0, outputs.length).parallel().forEach(o -> {
            Arrays.fill(outputs[o], intercepts[o]);
            for (int f = 0; f < places.length; f++) {
                for (int q = 0; q < rows.length; q++) {
                    outputs[o][q] += values[o][f][places[f][q]];
                }
            }
        });
        return outputs;
    }
}

package io.t1.ops.distil;

import io.t1.ops.shapes.ShapeCurve;
import io.t1.ops.statistics.AscendingOrder;
import io.t1.router.artifact.OutputName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The curves that led to a student. */
final class StudentShapes {
    private static final int GROUPS = 32;

    private final TrainingSet set;
    private final AdditiveShapes shapes;
    private final KnottedModel refit;
    private final int[][] places;
    /** Rows that have a value, by feature, in order of it. */
    private final int[][] orders;

    private StudentShapes(final TrainingSet set, final AdditiveShapes shapes, final KnottedModel refit) {
        this.set = set;
        this.shapes = shapes;
        this.refit = refit;
        places = IntStream.range(0, shapes.grids().size())
                .mapToObj(f -> shapes.grids().get(f).nearest(set.column(f)))
                .toArray(int[][]::new);
        orders = IntStream.range(0, places.length)
                .parallel()
                .mapToObj(f -> order(set.column(f)))
                .toArray(int[][]::new);
    }

    private static int[] order(final float[] column) {
        final double[] values =
                IntStream.range(0, column.length).mapToDouble(q -> column[q]).toArray();
        return Arrays.stream(AscendingOrder.of(values))
                .filter(q -> !Float.isNaN(column[q]))
                .toArray();
    }

    /**
     * Of each output and feature.
     *
     * @param taught the teacher's outputs of the set's queries, {@code [output][query]}.
     */
    static List<ShapeCurve> of(
            final TrainingSet set, final double[][] taught, final AdditiveShapes shapes, final KnottedModel refit) {
        final StudentShapes curves = new StudentShapes(set, shapes, refit);
        final List<ShapeCurve> all = new ArrayList<>();
        for (final OutputName output : OutputName.values()) {
            final double[] left = curves.residuals(output, taught[output.ordinal()]);
            for (int f = 0; f < curves.places.length; f++) {
                all.add(curves.curve(output, f, left));
            }
        }
        return all;
    }

    /** What all shapes together leave of the teacher's word. */
    private double[] residuals(final OutputName output, final double[] taught) {
        final int o = output.ordinal();
        final double[] left = new double[taught.length];
        for (int q = 0; q < left.length; q++) {
            left[q] = taught[q] - shapes.intercepts()[o];
            for (int f = 0; f < places.length; f++) {
                left[q] -= shapes.values()[o][f][places[f][q]];
            }
        }
        return left;
    }

    private ShapeCurve curve(final OutputName output, final int f, final double[] left) {
        final double[] shape = shapes.values()[output.ordinal()][f];
        final double mean = Arrays.stream(places[f])
                .mapToDouble(place -> shape[place])
                .average()
                .orElse(0);
        final float[] at = shapes.grids().get(f).places();
        final List<ShapeCurve.Point> line = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            line.add(new ShapeCurve.Point(at[i], shape[i] - mean));
        }
        final List<Double> knots = DoubleStream.of(
                        refit.outputs().get(output.ordinal()).knots()[f])
                .boxed()
                .toList();
        return new ShapeCurve(output, set.featureNames().get(f), groups(f, shape, mean, left), line, knots);
    }

    /** Rows in order of the feature, in groups of as many each, at their means; rows without a value are left out. */
    private List<ShapeCurve.Point> groups(final int f, final double[] shape, final double mean, final double[] left) {
        final float[] column = set.column(f);
        final int[] order = orders[f];
        final List<ShapeCurve.Point> points = new ArrayList<>();
        final int groups = Math.min(GROUPS, order.length);
        for (int g = 0; g < groups; g++) {
            final int begin = (int) ((long) g * order.length / groups);
            final int end = (int) ((g + 1L) * order.length / groups);
            double x = 0;
            double y = 0;
            for (int i = begin; i < end; i++) {
                x += column[order[i]];
                y += left[order[i]] + shape[places[f][order[i]]] - mean;
            }
            points.add(new ShapeCurve.Point(x / (end - begin), y / (end - begin)));
        }
        return points;
    }
}

package io.t1.ops.shapes;

import io.t1.router.artifact.OutputName;
import java.util.List;

/**
 * What one feature adds to one output, from the teacher to the student before rounding; INT8 stands in the table. The mean
 * over the rows learnt from is 0, but for the student's, whose level means nothing.
 *
 * @param output the table's.
 * @param feature its name.
 * @param teacher what the other features' shapes leave of the teacher's word, in groups of as many rows each (partial
 *     residuals: Larsen and McCleary 1972).
 * @param shape the free shape on up to 256 places.
 * @param student values at the table's 17 knots.
 */
public record ShapeCurve(
        OutputName output, String feature, List<Point> teacher, List<Point> shape, List<Double> student) {
    /** In the feature's unit and the output's. */
    public record Point(double x, double y) {}
}

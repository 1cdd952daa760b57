package io.t1.bench.report;

import java.util.List;

/**
 * A line of a plot.
 *
 * @param name for the legend.
 * @param points in order of x.
 */
public record Series(String name, List<Point> points) {
    /** A point in the axes' units. */
    public record Point(double x, double y) {}
}

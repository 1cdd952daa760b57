package io.t1.bench.report;

import java.util.List;

/**
 * What is plotted.
 *
 * @param name of its file, without the extension.
 * @param title a line above it.
 * @param x the horizontal axis.
 * @param y the vertical one.
 * @param series its lines, six at most.
 */
public record Plot(String name, String title, Axis x, Axis y, List<Series> series) {
    /**
     * An axis.
     *
     * @param label with its unit.
     */
    public record Axis(String label, Scale scale) {}

    /** How values are spread over an axis. */
    public enum Scale {
        /** Evenly. From 0. */
        LINEAR,
        /** By their logarithm. */
        LOG,
        /** x is 1 / (1 - p): 50 %, 90 %, 99 % and so on stand apart. */
        PERCENTILE
    }
}

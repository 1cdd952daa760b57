package io.t1.sidecar.stats;

import org.HdrHistogram.Histogram;

/**
 * A phase's latencies in short, in nanoseconds, each within 0.1 %.
 *
 * @param count passages.
 * @param mean 0 when there are none, as are all others.
 */
public record LatencyFigures(long count, double mean, long p50, long p90, long p99, long p999, long max) {
    private static final LatencyFigures NONE = new LatencyFigures(0, 0, 0, 0, 0, 0, 0);

    static LatencyFigures of(final Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return NONE;
        }
        return new LatencyFigures(
                histogram.getTotalCount(),
                histogram.getMean(),
                histogram.getValueAtPercentile(50),
                histogram.getValueAtPercentile(90),
                histogram.getValueAtPercentile(99),
                histogram.getValueAtPercentile(99.9),
                histogram.getMaxValue());
    }
}

package io.t1.bench.start;

import org.HdrHistogram.Histogram;

/**
 * What a second of requests at a constant rate took.
 *
 * @param p50Ns median latency.
 * @param p99Ns 99th percentile.
 */
public record PacedSecond(long p50Ns, long p99Ns) {
    static PacedSecond of(final Histogram latencies) {
        return new PacedSecond(latencies.getValueAtPercentile(50), latencies.getValueAtPercentile(99));
    }
}

package io.t1.bench.rows;

import com.fasterxml.jackson.databind.JsonNode;
import io.t1.bench.suite.Figure;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Collects a percentile of several runs, in microseconds. Threading: one thread. */
final class Percentile {
    private static final double NS_PER_US = 1e3;

    private final double percent;
    private final String field;
    private final List<Double> runs = new ArrayList<>();

    /**
     * @param percent e.g. 99.
     * @param field of the C programs' output, e.g. {@code p99_ns}.
     */
    Percentile(final double percent, final String field) {
        this.percent = percent;
        this.field = field;
    }

    void add(final Histogram latencies) {
        runs.add(latencies.getValueAtPercentile(percent) / NS_PER_US);
    }

    void add(final JsonNode printed) {
        runs.add(printed.get(field).asDouble() / NS_PER_US);
    }

    Figure figure() {
        return new Figure(runs);
    }
}

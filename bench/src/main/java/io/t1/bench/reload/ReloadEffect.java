package io.t1.bench.reload;

import io.t1.bench.load.LatencyRecord;
import io.t1.bench.load.LoadResult;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What changing tables did to latencies: short segments of one load, some without changes and some with.
 *
 * <p>Threading: one thread.
 */
public final class ReloadEffect {
    private static final double PERCENTILE = 99.9;
    private static final double NS_PER_SECOND = 1e9;

    private final Kind quiet = new Kind();
    private final Kind changing = new Kind();
    private long changes;

    void addQuiet(final LoadResult segment) {
        quiet.add(segment);
    }

    void addChanging(final LoadResult segment, final long changesMade) {
        changing.add(segment);
        changes += changesMade;
    }

    /** 99.9th percentiles of the segments without changes, in their order, in nanoseconds. */
    public List<Double> quietP999Ns() {
        return quiet.p999Ns;
    }

    /** 99.9th percentiles of the segments with changes, each beside the one without at the same place. */
    public List<Double> changingP999Ns() {
        return changing.p999Ns;
    }

    /** All latencies without changes. */
    public Histogram quietTotal() {
        return quiet.total;
    }

    /** All latencies with changes. */
    public Histogram changingTotal() {
        return changing.total;
    }

    /** The 99.9th percentile of all requests with changes over that of all without. */
    public double pooledRatio() {
        return (double) changing.total.getValueAtPercentile(PERCENTILE) / quiet.total.getValueAtPercentile(PERCENTILE);
    }

    /** Changes that were acknowledged while the load ran, a second of it. */
    public double changesPerSecond() {
        return changes * NS_PER_SECOND / changing.elapsedNs;
    }

    private static final class Kind {
        private final List<Double> p999Ns = new ArrayList<>();
        private final Histogram total = LatencyRecord.newHistogram();
        private long elapsedNs;

        void add(final LoadResult segment) {
            final Histogram latencies = segment.histogram();
            p999Ns.add((double) latencies.getValueAtPercentile(PERCENTILE));
            total.add(latencies);
            elapsedNs += segment.elapsedNs();
        }
    }
}

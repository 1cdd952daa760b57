package io.t1.bench.load;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * Latencies in nanoseconds, three digits kept, one histogram a second: those are what an {@code .hlog} holds.
 *
 * <p>Threading: one thread; {@link #add} after its writer has ended. Allocation: one histogram a second.
 */
public final class LatencyRecord {
    private static final long MOST_NS = 600_000_000_000L;
    private static final int DIGITS = 3;
    private static final long INTERVAL_NS = 1_000_000_000L;
    private static final double NS_PER_US = 1e3;

    private final List<Histogram> intervals = new ArrayList<>();
    private final long startMillis;

    /** @param startMillis the wall clock when recording begins. */
    public LatencyRecord(final long startMillis) {
        this.startMillis = startMillis;
        intervals.add(newHistogram());
    }

    /** An empty histogram of this range. */
    public static Histogram newHistogram() {
        return new Histogram(MOST_NS, DIGITS);
    }

    /**
     * Records one.
     *
     * @param atNs since the start; picks the interval.
     * @param latencyNs what it took.
     */
    public void record(final long atNs, final long latencyNs) {
        final int interval = (int) (atNs / INTERVAL_NS);
        while (interval >= intervals.size()) {
            intervals.add(newHistogram());
        }
        intervals.get(interval).recordValue(Math.min(latencyNs, MOST_NS));
    }

    /** Takes another thread's in. */
    public void add(final LatencyRecord other) {
        for (int i = 0; i < other.intervals.size(); i++) {
            if (i == intervals.size()) {
                intervals.add(newHistogram());
            }
            intervals.get(i).add(other.intervals.get(i));
        }
    }

    /** All of them. */
    public Histogram total() {
        final Histogram total = newHistogram();
        intervals.forEach(total::add);
        return total;
    }

    /** Writes an HdrHistogram log; its maxima are in microseconds. */
    public void write(final Path file, final String comment) throws IOException {
        try (PrintStream out = new PrintStream(Files.newOutputStream(file))) {
            final HistogramLogWriter log = new HistogramLogWriter(out);
            log.outputComment(comment);
            log.outputLogFormatVersion();
            log.outputStartTime(startMillis);
            log.setBaseTime(startMillis);
            log.outputBaseTime(startMillis);
            log.outputLegend();
            for (int i = 0; i < intervals.size(); i++) {
                log.outputIntervalHistogram(i, i + 1, intervals.get(i), NS_PER_US);
            }
            if (out.checkError()) {
                throw new IOException("can't write " + file);
            }
        }
    }
}

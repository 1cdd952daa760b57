package io.t1.sidecar.stats;

import java.util.Arrays;
import org.HdrHistogram.Histogram;

/**
 * A histogram's buckets that aren't empty. A second's latencies fill some hundreds of the 27,000 buckets, so a minute of
 * seconds kept this way takes some hundred kilobytes, not 66 megabytes.
 */
final class SparseCounts {
    static final SparseCounts EMPTY = new SparseCounts(new long[0], new long[0]);

    private final long[] values;
    private final long[] counts;

    private SparseCounts(final long[] values, final long[] counts) {
        this.values = values;
        this.counts = counts;
    }

    static SparseCounts of(final Histogram histogram) {
        if (histogram.getTotalCount() == 0) {
            return EMPTY;
        }
        long[] values = new long[256];
        long[] counts = new long[256];
        int size = 0;
        for (final var bucket : histogram.recordedValues()) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
                counts = Arrays.copyOf(counts, 2 * size);
            }
            values[size] = bucket.getValueIteratedTo();
            counts[size++] = bucket.getCountAddedInThisIterationStep();
        }
        return new SparseCounts(Arrays.copyOf(values, size), Arrays.copyOf(counts, size));
    }

    void addTo(final Histogram histogram) {
        for (int i = 0; i < values.length; i++) {
            // the last bucket's upper end may lie past the histogram's highest value
            histogram.recordValueWithCount(Math.min(values[i], histogram.getHighestTrackableValue()), counts[i]);
        }
    }
}

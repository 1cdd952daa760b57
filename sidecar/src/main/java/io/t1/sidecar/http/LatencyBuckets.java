package io.t1.sidecar.http;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.NativeHistogramBuckets;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * An HdrHistogram of nanoseconds as a Prometheus histogram of seconds, with classic buckets and native ones.
 *
 * <p>A bucket of HdrHistogram's counts where its lowest value falls, so a count may lie up to 0.1 % of its latency below
 * where it should. The sum takes each bucket's middle. Native bucket i of schema s holds {@code (base^(i-1), base^i]} with
 * {@code base = 2^(2^-s)}, as Prometheus defines it.
 */
final class LatencyBuckets {
    /** 1 us to 1 s; above falls into +Inf. */
    static final double[] CLASSIC_UPPER_SECONDS = {
        1e-6,
        2.5e-6,
        5e-6,
        1e-5,
        2.5e-5,
        5e-5,
        1e-4,
        2.5e-4,
        5e-4,
        1e-3,
        2.5e-3,
        5e-3,
        1e-2,
        2.5e-2,
        5e-2,
        1e-1,
        1,
        Double.POSITIVE_INFINITY
    };

    /** Eight buckets an octave: 9 % wide, about a hundred from a microsecond to ten milliseconds. */
    static final int NATIVE_SCHEMA = 3;

    private static final double SECONDS_PER_NANO = 1e-9;

    private LatencyBuckets() {}

    static HistogramDataPointSnapshot dataPoint(
            final Histogram nanos, final Labels labels, final long createdAtMillis) {
        final long[] classic = new long[CLASSIC_UPPER_SECONDS.length];
        final List<Integer> nativeIndexes = new ArrayList<>();
        final List<Long> nativeCounts = new ArrayList<>();
        long zeros = 0;
        double sum = 0;
        for (final var bucket : nanos.recordedValues()) {
            final long count = bucket.getCountAddedInThisIterationStep();
            final long value = nanos.lowestEquivalentValue(bucket.getValueIteratedTo());
            final double seconds = value / 1e9; // a division, so that 1,000 ns is the double 1e-6 and within its bound
            classic[classicIndex(seconds)] += count;
            sum += count * (nanos.medianEquivalentValue(value) * SECONDS_PER_NANO);
            if (value == 0) {
                zeros += count;
                continue;
            }
            final int index = nativeIndex(seconds);
            final int last = nativeIndexes.size() - 1;
            if (last >= 0 && nativeIndexes.get(last) == index) {
                nativeCounts.set(last, nativeCounts.get(last) + count);
            } else {
                nativeIndexes.add(index);
                nativeCounts.add(count);
            }
        }
        return new HistogramDataPointSnapshot(
                ClassicHistogramBuckets.of(CLASSIC_UPPER_SECONDS, classic),
                NATIVE_SCHEMA,
                zeros,
                0,
                NativeHistogramBuckets.of(nativeIndexes, nativeCounts),
                NativeHistogramBuckets.EMPTY,
                sum,
                labels,
                Exemplars.EMPTY,
                createdAtMillis);
    }

    private static int classicIndex(final double seconds) {
        int index = 0;
        while (seconds > CLASSIC_UPPER_SECONDS[index]) {
            index++;
        }
        return index;
    }

    /** The bucket of a value above 0. */
    static int nativeIndex(final double seconds) {
        final int perOctave = 1 << NATIVE_SCHEMA;
        int index = (int) Math.ceil(Math.log(seconds) / Math.log(2) * perOctave);
        // the logarithm's rounding can miss by one at a bound
        while (seconds <= nativeUpper(index - 1)) {
            index--;
        }
        while (seconds > nativeUpper(index)) {
            index++;
        }
        return index;
    }

    /** Upper bound of a native bucket, exact at powers of two. */
    static double nativeUpper(final int index) {
        final int perOctave = 1 << NATIVE_SCHEMA;
        return Math.scalb(
                Math.pow(2, Math.floorMod(index, perOctave) / (double) perOctave), Math.floorDiv(index, perOctave));
    }
}

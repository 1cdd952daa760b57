package io.t1.sidecar.stats;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.IntFunction;
import org.HdrHistogram.Histogram;

/**
 * All loops' latencies by phase: since the start, in the second that is open, and over the last minute.
 *
 * <p>Threading: guarded by its owner's lock.
 */
final class LatencyAggregate {
    /** Closed seconds in the sliding window; the open one comes on top. */
    static final int WINDOW_SECONDS = 60;

    private final Histogram[] cumulative = histograms();
    private final Histogram[] open = histograms();
    private final SparseCounts[][] closed = new SparseCounts[WINDOW_SECONDS][];
    private final Histogram scratch = histogram();
    private int nextSlot;

    /** Takes over what the loops recorded since the last call. */
    void drain(final List<LoopStats> loops) {
        for (final LoopStats loop : loops) {
            for (int phase = 0; phase < Phase.count(); phase++) {
                loop.takeInterval(Phase.of(phase), scratch);
                if (scratch.getTotalCount() > 0) {
                    open[phase].add(scratch);
                    cumulative[phase].add(scratch);
                }
            }
        }
    }

    /** Shows each phase of the open second, then moves the second into the window. */
    void closeSecond(final BiConsumer<Phase, Histogram> before) {
        final SparseCounts[] second = new SparseCounts[Phase.count()];
        for (int phase = 0; phase < second.length; phase++) {
            before.accept(Phase.of(phase), open[phase]);
            second[phase] = SparseCounts.of(open[phase]);
            if (open[phase].getTotalCount() > 0) {
                open[phase].reset();
            }
        }
        closed[nextSlot] = second;
        nextSlot = (nextSlot + 1) % WINDOW_SECONDS;
    }

    /** Since the start. The histogram is the aggregate's own: read it under the lock, don't keep it. */
    Histogram cumulative(final Phase phase) {
        return cumulative[phase.ordinal()];
    }

    Map<Phase, LatencyFigures> sinceStart() {
        return byPhase(phase -> cumulative[phase]);
    }

    Map<Phase, LatencyFigures> window() {
        return byPhase(phase -> {
            scratch.reset();
            scratch.add(open[phase]);
            for (final SparseCounts[] second : closed) {
                if (second != null) {
                    second[phase].addTo(scratch);
                }
            }
            return scratch;
        });
    }

    private static Map<Phase, LatencyFigures> byPhase(final IntFunction<Histogram> histogramOf) {
        final Map<Phase, LatencyFigures> figures = new EnumMap<>(Phase.class);
        for (int phase = 0; phase < Phase.count(); phase++) {
            figures.put(Phase.of(phase), LatencyFigures.of(histogramOf.apply(phase)));
        }
        return figures;
    }

    private static Histogram[] histograms() {
        final Histogram[] histograms = new Histogram[Phase.count()];
        for (int phase = 0; phase < histograms.length; phase++) {
            histograms[phase] = histogram();
        }
        return histograms;
    }

    private static Histogram histogram() {
        return new Histogram(1, LoopStats.HIGHEST_NANOS, LoopStats.DIGITS);
    }
}

package io.t1.sidecar.stats;

import io.t1.codec.wire.ErrorCode;
import io.t1.gating.DecisionBatch;
import io.t1.gating.DecisionFlag;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What one event loop counts and times.
 *
 * <p>Latencies are service times: from the moment the server holds the bytes, so a request that waited in a socket while
 * the loop was busy shows none of that wait. They aren't corrected for coordinated omission, since the server doesn't
 * know when a request was meant to be sent; a load generator with a schedule does, and corrects there, once.
 *
 * <p>A request's whole time is recorded for each, once for all requests that arrived together: their answers leave
 * together, so their times are the same, and the clock is asked once. The phases within are timed for one request in
 * {@link Recording#EVERY}, a batch counting as one: six looks at the clock and four histograms cost several times what a
 * decision does.
 *
 * <p>Each counter is a word that this loop alone writes, so a step is a read and an opaque write: opaque keeps 64 bits
 * whole and makes the value visible in time, and nothing is read through a counter that would need more. The words lie
 * {@value #PADDING} bytes from anything else, so that two loops never write the same cache line.
 *
 * <p>Threading: the event loop that owns it writes; {@link ServerStats} reads. Allocation: in the constructor only.
 */
public final class LoopStats {
    /** Longest latency told apart, in nanoseconds; longer ones count as this. */
    public static final long HIGHEST_NANOS = 60_000_000_000L;
    /** Significant decimal digits of a latency. */
    static final int DIGITS = 3;

    private static final int PADDING = 128;
    private static final int ERROR_CODES = ErrorCode.values().length;

    // a batch's sums stand side by side in one long: 11 bits hold MAX_QUERIES, 12 leave one to spare
    private static final int SUM_BITS = 12;
    private static final long SUM_MASK = (1L << SUM_BITS) - 1;
    private static final int FLAGS = 5;
    private static final int FLAGS_COUNTED = DecisionFlag.EXPLORED
            | DecisionFlag.CAPPED
            | DecisionFlag.LOW_GAIN
            | DecisionFlag.DEGRADED
            | DecisionFlag.OVERLOADED; // the five lowest bits, in this order
    private static final long[] FLAG_SUMS = flagSums();

    private final Recording recording;
    private final SingleWriterRecorder[] recorders = new SingleWriterRecorder[Phase.count()];
    // direct, since an array's first byte isn't on a word's boundary in every JVM
    private final UnsafeBuffer counters = new UnsafeBuffer(
            BufferUtil.allocateDirectAligned(2 * PADDING + Long.BYTES * (LoopCounter.COUNT + ERROR_CODES), PADDING));

    private int untilTimed; // requests that aren't timed before the next that is
    private int unrecorded; // answers written since the last record of the whole

    LoopStats(final Recording recording) {
        this.recording = recording;
        untilTimed = recording.first();
        for (int phase = 0; phase < recorders.length; phase++) {
            recorders[phase] = new SingleWriterRecorder(1, HIGHEST_NANOS, DIGITS);
        }
    }

    /** Times one passage of a phase; a clock that ran backwards counts as 0. */
    public void record(final Phase phase, final long nanos) {
        recorders[phase.ordinal()].recordValue(Math.clamp(nanos, 0L, HIGHEST_NANOS));
    }

    /** Times one passage of a phase that several requests made together. */
    public void record(final Phase phase, final long nanos, final int requests) {
        recorders[phase.ordinal()].recordValueWithCount(Math.clamp(nanos, 0L, HIGHEST_NANOS), requests);
    }

    /** Whether the phases of the next request, or of the one under way, are to be timed. */
    public boolean timesNext() {
        return untilTimed == 0;
    }

    /** A request's answer has been written: it is under way no more. */
    public void written() {
        unrecorded++;
        untilTimed = untilTimed == 0 ? recording.next() : untilTimed - 1;
    }

    /** All answers written since the last call leave now; their requests arrived together. */
    public void answered(final long arrivedNanos) {
        final int requests = unrecorded;
        if (requests > 0) {
            unrecorded = 0;
            if (recording != Recording.OFF) {
                final long nanos = Math.clamp(System.nanoTime() - arrivedNanos, 0L, HIGHEST_NANOS);
                recorders[Phase.WHOLE.ordinal()].recordValueWithCount(nanos, requests);
            }
        }
    }

    /** Counts a decided batch: its arms and flags. */
    public void decided(final DecisionBatch batch) {
        if (recording == Recording.OFF) {
            return;
        }
        final int count = batch.count();
        final long[] flagSums = FLAG_SUMS;
        long arms = 0;
        long flags = 0;
        for (int q = 0; q < count; q++) {
            arms += 1L << (batch.arm(q) * SUM_BITS);
            flags += flagSums[batch.flags(q) & FLAGS_COUNTED];
        }
        addAll(LoopCounter.SKIP, arms);
        addAll(LoopCounter.EXPLORED, flags);
        add(LoopCounter.BATCHES, 1);
    }

    /** Adds sums to the counters from {@code first} on; most are 0, and end it. */
    private void addAll(final LoopCounter first, final long sums) {
        int offset = offset(first);
        for (long left = sums; left != 0; left >>>= SUM_BITS, offset += Long.BYTES) {
            final long sum = left & SUM_MASK;
            if (sum != 0) {
                counters.addLongOpaque(offset, sum);
            }
        }
    }

    /** Counts a frame that asked for something. */
    public void request() {
        if (recording != Recording.OFF) {
            add(LoopCounter.REQUESTS, 1);
        }
    }

    /** Counts an outcome that a node reported. */
    public void outcome() {
        add(LoopCounter.OUTCOMES, 1);
    }

    /** Counts an error that was answered or that closed a connection. */
    public void error(final ErrorCode code) {
        counters.addLongOpaque(errorOffset(code), 1);
    }

    /** Counts a connection accepted. */
    public void connectionOpened() {
        add(LoopCounter.CONNECTIONS_OPENED, 1);
    }

    /** Counts a connection gone. */
    public void connectionClosed() {
        add(LoopCounter.CONNECTIONS_CLOSED, 1);
    }

    /** Counts a ring opened, and the bytes that it maps. */
    public void ringOpened(final int mappedBytes) {
        add(LoopCounter.RINGS_OPENED, 1);
        add(LoopCounter.RING_BYTES_MAPPED, mappedBytes);
    }

    /** Counts a ring gone. */
    public void ringClosed(final int mappedBytes) {
        add(LoopCounter.RINGS_CLOSED, 1);
        add(LoopCounter.RING_BYTES_MAPPED, -mappedBytes);
    }

    /** Counts a frame that came by a ring. */
    public void ringRequest(final int bytes) {
        add(LoopCounter.RING_REQUESTS, 1);
        add(LoopCounter.BYTES_IN, bytes);
    }

    /** Counts bytes read and written; either may be 0. */
    public void bytes(final long in, final long out) {
        add(LoopCounter.BYTES_IN, in);
        add(LoopCounter.BYTES_OUT, out);
    }

    /** Moves what was recorded since the last call into {@code interval}, whose content is replaced. */
    void takeInterval(final Phase phase, final Histogram interval) {
        recorders[phase.ordinal()].getIntervalHistogramInto(interval);
    }

    long read(final LoopCounter counter) {
        return counters.getLongOpaque(offset(counter));
    }

    long readErrors(final ErrorCode code) {
        return counters.getLongOpaque(errorOffset(code));
    }

    private void add(final LoopCounter counter, final long increment) {
        counters.addLongOpaque(offset(counter), increment);
    }

    private static int offset(final LoopCounter counter) {
        return PADDING + Long.BYTES * counter.ordinal();
    }

    private static int errorOffset(final ErrorCode code) {
        return PADDING + Long.BYTES * (LoopCounter.COUNT + code.ordinal());
    }

    private static long[] flagSums() {
        final long[] sums = new long[FLAGS_COUNTED + 1];
        for (int flags = 0; flags < sums.length; flags++) {
            for (int flag = 0; flag < FLAGS; flag++) {
                sums[flags] |= (long) ((flags >> flag) & 1) << (flag * SUM_BITS);
            }
        }
        return sums;
    }
}

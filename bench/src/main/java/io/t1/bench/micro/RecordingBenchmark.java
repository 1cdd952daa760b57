package io.t1.bench.micro;

import io.t1.gating.BatchDecider;
import io.t1.gating.DecisionBatch;
import io.t1.gating.TableSnapshot;
import io.t1.router.KernelKind;
import io.t1.router.generate.RandomTables;
import io.t1.sidecar.stats.LoopStats;
import io.t1.sidecar.stats.ServerStats;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.SingleWriterRecorder;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to record a latency, and all that a server records of one request?
 *
 * <p>Held still: one writer, no reader meanwhile; the latency of the server's request, counted from the benchmark's
 * start. Varied: the other latencies, 1 us to 1 ms.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class RecordingBenchmark {
    private static final int VALUES = 1024;
    private static final int DIGITS = 3;
    private static final int FEATURES = 8;
    private static final long CLOCK_MASK = (1 << 20) - 1;

    private final SingleWriterRecorder recorder = new SingleWriterRecorder(1, LoopStats.HIGHEST_NANOS, DIGITS);
    private final long[] latencies = new long[VALUES];
    private final DecisionBatch batch = new DecisionBatch(1);
    private final long begunNanos = System.nanoTime();
    private ServerStats stats;
    private LoopStats loop;
    private int next;

    /** Decides the query that is counted, and checks that recordings arrive. */
    @Setup
    public void open() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < VALUES; i++) {
            latencies[i] = random.nextLong(1_000, 1_000_000);
        }
        try (TableSnapshot snapshot =
                new TableSnapshot(RandomTables.artifact(253, FEATURES, 5, 0), 1, KernelKind.LOOKUP)) {
            new BatchDecider(1, 1)
                    .decideCodeColumns(snapshot, new UnsafeBuffer(new byte[FEATURES]), 0, null, 0, 1, batch);
        }
        stats = new ServerStats(new ServerStats.Context());
        loop = stats.newLoop();
        serverRequest();
        record();
        final long batches = stats.snapshot().decisions().batches();
        final long recorded = recorder.getIntervalHistogram().getTotalCount();
        if (batches != 1 || recorded != 1) {
            throw new IllegalStateException("batches=" + batches + ", recorded=" + recorded + " after one of each");
        }
    }

    /** Ends the figures. */
    @TearDown
    public void close() {
        stats.close();
    }

    /** A look at the clock. */
    @Benchmark
    public long clock() {
        return System.nanoTime();
    }

    /** A value that is there. */
    @Benchmark
    public void record() {
        recorder.recordValue(latencies[next++ & VALUES - 1]);
    }

    /** A value that the clock gives: its lowest 20 bits, so that it varies. */
    @Benchmark
    public void clockAndRecord() {
        recorder.recordValue(1 + (System.nanoTime() & CLOCK_MASK));
    }

    /** A request of one query that came alone: its counters, arms and flags, its whole time with a look at the clock. */
    @Benchmark
    public void serverRequest() {
        loop.request();
        loop.decided(batch);
        loop.written();
        loop.answered(begunNanos);
    }

    /** The counters alone, as for each of many requests that came together. */
    @Benchmark
    public void serverCounters() {
        loop.request();
        loop.decided(batch);
        loop.written();
    }
}

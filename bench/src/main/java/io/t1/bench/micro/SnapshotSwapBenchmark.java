package io.t1.bench.micro;

import io.t1.gating.PinnedSnapshots;
import io.t1.gating.ReaderEpochs;
import io.t1.gating.Snapshot;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost the owner to show another snapshot and to close the one that falls out?
 *
 * <p>Held still: a snapshot whose close counts and does nothing else; readers are registered, and outside.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(3)
public class SnapshotSwapBenchmark {
    /** Readers that each scan looks at. */
    @Param({"1", "8"})
    public int readers;

    private final ReaderEpochs epochs = new ReaderEpochs();
    private final PinnedSnapshots<Snapshot> pinned = new PinnedSnapshots<>(epochs, new Counted());
    private long closed;

    /** Registers the readers, and checks that a snapshot is closed once two came after it. */
    @Setup
    public void open() {
        for (int i = 0; i < readers; i++) {
            epochs.newReader();
        }
        activate();
        activate();
        final long before = closed;
        activate();
        if (epochs.readers() != readers || before != 0 || closed != 1) {
            throw new IllegalStateException("readers=" + epochs.readers() + ", closed=" + before + ", " + closed);
        }
    }

    /** Makes a snapshot, shows it, retires and closes the one before the previous. */
    @Benchmark
    public long activate() {
        pinned.activate(new Counted());
        return closed;
    }

    /** Goes back to the previous snapshot: what rollback costs in process. */
    @Benchmark
    public boolean rollback() {
        return pinned.rollbackToPrevious();
    }

    private final class Counted implements Snapshot {
        @Override
        public void close() {
            closed++;
        }
    }
}
